"""Figures for Prometheus: off by default, and for those only who know the token."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.http import HttpResponse
from django.test import Client

from cms import metrics
from cms.metrics import MetricsMiddleware

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "a-token-of-the-tests-that-is-long-enough"
BEARER = {"authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def counted(settings: Any) -> Client:
    """Return a client of a site with metrics."""
    settings.METRICS_TOKEN = TOKEN
    return Client()


def figures(client: Client) -> dict[str, float]:
    """Return the samples by name and labels."""
    response = client.get("/metrics", headers=BEARER)
    assert response.status_code == 200
    lines = re.findall(r"^(http_\S+) (\S+)$", response.content.decode(), re.MULTILINE)
    return {name: float(value) for name, value in lines}


def answers(view: str, method: str, status: int) -> str:
    return f'http_answers_total{{method="{method}",status="{status}",view="{view}"}}'


@pytest.mark.django_db
def test_without_a_token_there_is_no_such_address(client: Client) -> None:
    for headers in ({}, {"authorization": "Bearer "}, BEARER):
        response = client.get("/metrics", headers=headers, follow=True)
        assert response.status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        "",
        "Bearer",
        "Bearer ",
        f"Bearer {TOKEN[:-1]}",
        f"Bearer {TOKEN}x",
        f"Basic {TOKEN}",
        TOKEN,
        "Bearer é",
    ],
)
def test_nobody_reads_them_without_the_token(counted: Client, given: str) -> None:
    response = counted.get("/metrics", headers={"authorization": given} if given else {})  # fmt: skip

    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert response.content == b""
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "127.0.0.1"},
        {"X-Real-IP": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
    ],
)
def test_no_address_opens_them(counted: Client, headers: dict[str, str]) -> None:
    """A proxy on the same machine makes every reader one of 127.0.0.1."""
    response = counted.get("/metrics", headers=headers, REMOTE_ADDR="127.0.0.1")

    assert response.status_code == 401


def test_they_need_neither_the_name_of_the_site_nor_https(
    counted: Client, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["health.example"]
    settings.SECURE_SSL_REDIRECT = True

    response = counted.get("/metrics", headers=BEARER | {"host": "10.0.0.7:8000"})

    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain")
    assert "no-store" in response["Cache-Control"]


def test_they_are_only_read(counted: Client) -> None:
    assert counted.post("/metrics", headers=BEARER).status_code == 405


@pytest.mark.django_db
def test_answers_are_counted_by_view_method_and_status(
    counted: Client, settings: Any
) -> None:
    views = f"{settings.PARTS}health_content.delivery.api.views"
    root = answers(f"{views}.RootView", "GET", 200)
    nowhere = answers("wagtail.views.serve", "GET", 404)
    before = figures(counted)

    counted.get("/api/content/v1/")
    counted.get("/api/content/v1/")
    counted.get("/nowhere/")
    counted.get("/health/live")

    after = figures(counted)
    grown = {
        name: value - before.get(name, 0)
        for name, value in after.items()
        if name.startswith("http_answers_total") and value != before.get(name)
    }
    assert grown == {root: 2, nowhere: 1}


@pytest.mark.django_db
def test_no_reader_makes_a_new_label(counted: Client) -> None:
    before = set(figures(counted))
    counted.generic("PROPFIND", "/a-path-of-a-readers-own/?with=a-query")
    counted.get("/api/content/v1/a-path-of-a-readers-own/")

    text = " ".join(set(figures(counted)) - before)
    assert "own" not in text
    assert "PROPFIND" not in text
    assert 'method="other"' in " ".join(figures(counted))


def test_what_no_address_leads_to_has_a_name(counted: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True

    counted.get("/")

    assert figures(counted)[answers("none", "GET", 301)] >= 1


def test_processes_put_their_figures_together(
    counted: Client, settings: Any, tmp_path: Path
) -> None:
    """Each of two processes writes to the folder, and this one, which counted nothing there, shows both."""
    script = (
        "from prometheus_client import Counter; Counter('http_answers', 'x', ('view', 'method', 'status'))"
        ".labels('shared', 'GET', 200).inc()"
    )
    for _ in range(2):
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)},
            check=True,
        )
    settings.METRICS_FOLDER = str(tmp_path)

    assert figures(counted)[answers("shared", "GET", 200)] == 2


def test_where_it_is_off_nothing_is_counted(settings: Any) -> None:
    settings.METRICS_TOKEN = ""

    with pytest.raises(MiddlewareNotUsed):
        MetricsMiddleware(lambda _request: HttpResponse())


def test_without_the_library_a_site_that_wants_them_does_not_start(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.METRICS_TOKEN = TOKEN
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    monkeypatch.setattr(metrics, "instruments", metrics.instruments.__wrapped__)

    with pytest.raises(ImproperlyConfigured, match=r"requirements/metrics\.txt"):
        MetricsMiddleware(lambda _request: HttpResponse())
