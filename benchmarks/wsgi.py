"""The WSGI application being measured; DJANGO_SETTINGS_MODULE chooses ours or the peer's."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
