import pytest
from django.db import OperationalError, connection


def test_live_answers_without_a_database(client):
    response = client.get("/health/live")

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


def test_a_probe_needs_neither_the_name_of_the_site_nor_https(client, settings):
    settings.ALLOWED_HOSTS = ["health.example"]
    settings.SECURE_SSL_REDIRECT = True

    assert (
        client.get("/health/live", headers={"host": "10.0.0.7:8000"}).status_code == 200
    )
    assert client.get("/", headers={"host": "10.0.0.7:8000"}).status_code == 400


@pytest.mark.django_db
def test_ready_answers_when_the_database_does(client):
    response = client.get("/health/ready")

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_ready_is_503_when_the_database_is_down(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("down")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json() == {"status": "database unavailable"}
