FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=cms.settings.production
WORKDIR /srv/healthpress
RUN useradd --system --create-home --home-dir /srv/data healthpress

COPY requirements/host.txt requirements/host.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/host.txt

COPY manage.py ./
COPY cms cms
COPY health_content health_content
COPY comments comments
COPY templates templates
# The static files do not depend on any secret; this key lives for this one command.
RUN DJANGO_SECRET_KEY=build-only-build-only-build-only-build-only-build-only \
    DJANGO_ALLOWED_HOSTS=build.invalid DATABASE_URL=sqlite://:memory: \
    python manage.py collectstatic --noinput

USER healthpress
ENV MEDIA_ROOT=/srv/data/media
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "cms.wsgi:application"]
