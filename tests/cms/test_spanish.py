"""Readers of Spanish pages read a Spanish frame, editors a Spanish admin, and the compiled catalogs say what their sources say."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.conf import settings
from wagtail.users.models import UserProfile

from . import sample
from .reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from health_content.pages.models import ArticlePage, IndexPage

PARTS = ("health_content", "health_comments", "cms")
MESSAGE = re.compile(
    r"""{%\s*trans(?:late)?\s+(["'])(.+?)\1|{%\s*blocktrans(?:late)?[^%]*%}(.+?){%\s*(?:plural|endblocktrans)""",
    re.DOTALL,
)
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")


def catalog_path(label: str) -> Path:
    return Path(apps.get_app_config(label).path) / "locale/es/LC_MESSAGES/django.po"


def messages_of(source: Path) -> dict[str, list[str]]:
    """Return msgid to its translations, of a .po file whose strings stand on one line each."""
    found: dict[str, list[str]] = {}
    current = ""
    for line in source.read_text(encoding="utf-8").splitlines():
        keyword, _, text = line.partition(" ")
        if keyword == "msgid":
            current = ast.literal_eval(text)
        elif keyword.startswith("msgstr") and current:
            found.setdefault(current, []).append(ast.literal_eval(text))
    return found


def compiled_messages(source: Path) -> dict[str, list[str]]:
    with source.with_suffix(".mo").open("rb") as file:
        catalog = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    found: dict[str, list[str]] = {}
    for key, text in catalog.items():
        name = key[0] if isinstance(key, tuple) else key
        if name:
            found.setdefault(name, []).append(text)
    return found


@pytest.mark.parametrize("label", PARTS)
def test_a_compiled_catalog_is_up_to_date(label: str) -> None:
    source = catalog_path(label)

    assert compiled_messages(source) == messages_of(source)


@pytest.mark.parametrize("label", PARTS)
def test_every_message_is_translated_with_its_placeholders(label: str) -> None:
    for message, translations in messages_of(catalog_path(label)).items():
        names = set(re.findall(r"%\(\w+\)[ds]", message))
        for text in translations:
            assert text
            assert set(re.findall(r"%\(\w+\)[ds]", text)) == names


@pytest.mark.parametrize("label", PARTS)
def test_every_message_of_the_readers_templates_is_in_the_catalog(label: str) -> None:
    folder = Path(apps.get_app_config(label).path) / "templates"
    if label == "cms":
        folder = Path(settings.BASE_DIR) / "templates"
    files = [
        p for p in folder.rglob("*.html") if "admin" not in str(p.relative_to(folder))
    ]
    wanted = {text for path in files for text in _messages_of_template(path)}

    assert wanted
    assert wanted - set(messages_of(catalog_path(label))) == set()


def test_every_message_of_editors_is_in_the_catalog() -> None:
    """What the admin and the commands of content and delivery say, too: forms, lists, buttons, messages, models."""
    folder = Path(apps.get_app_config("health_content").path)
    sources = [p for p in folder.rglob("*.py") if "migrations" not in p.parts]
    wanted = {text for path in sources for text in _messages_of_python(path)}
    wanted |= {
        text for path in folder.rglob("*.html") for text in _messages_of_template(path)
    }

    assert {"Try again now", "Webhook deliveries", "Can manage webhooks"} <= wanted
    assert sorted(wanted - set(messages_of(catalog_path("health_content")))) == []


def _messages_of_python(path: Path) -> Iterator[str]:
    """Yield the literals that a module hands to gettext."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(
                func=ast.Name(id=name), args=[ast.Constant(value=str(text)), *_]
            ) if name in GETTEXT:
                yield text


def _messages_of_template(path: Path) -> Iterator[str]:
    for _, literal, block in MESSAGE.findall(path.read_text(encoding="utf-8")):
        yield VARIABLE.sub(r"%(\1)s", literal or " ".join(block.split()))


@pytest.mark.django_db
def test_an_administrator_reads_the_reports_in_spanish(
    admin_client: Client, admin_user: Any
) -> None:
    # Not the setting LANGUAGE_CODE: Django keeps the addresses it made by it for the rest of the process.
    UserProfile.objects.create(user=admin_user, preferred_language="es")

    listing = admin_client.get("/admin/webhook-deliveries/").content.decode()
    caches = admin_client.get("/admin/cache-purges/retry/").content.decode()

    assert "Envíos de webhooks" in listing
    assert "Este sitio no avisa a ninguna caché." in caches
    for words in ("Webhook deliveries", "This site tells no cache", "Try again"):
        assert words not in listing + caches


@pytest.fixture
def spanish(home: IndexPage) -> ArticlePage:
    return sample.article_translate(sample.article_make(home))


@pytest.mark.django_db
def test_a_spanish_article_has_a_spanish_frame(
    client: Client, spanish: ArticlePage
) -> None:
    tree = read(client, "/es/moverse/")

    assert tree.html is not None
    assert tree.html.get("lang") == "es"
    text = tree.get_text()
    assert [b.get_text() for b in tree.select(".hp-form button")] == [
        "Enviar respuesta"
    ]
    for words in ("Saltar al texto", "En esta página", "Conviene saber", "Inicio"):
        assert words in text
    for words in ("Send reply", "On this page", "Your reply"):
        assert words not in text


@pytest.mark.django_db
def test_the_replies_of_a_spanish_article_are_a_spanish_page(
    client: Client, spanish: ArticlePage
) -> None:
    path = f"/replies/pages/{spanish.pk}/"
    tree = read(client, path)

    assert tree.html is not None
    assert tree.html.get("lang") == "es"
    assert tree.select_one("h1").get_text() == (
        "Respuestas a «Moverse con dolor de espalda»"
    )

    refused = client.post(path, {"name": "", "body": "", "form_token": ""})

    assert refused["Content-Language"] == "es"
    assert "Escriba una respuesta." in refused.content.decode()
    assert client.get("/")["Content-Language"] == "en"
