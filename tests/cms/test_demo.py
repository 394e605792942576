"""The demonstration: its texts keep their own rules, and loading it twice changes nothing."""

from __future__ import annotations

import re
import socket
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.demo.content import PageText, load_pages, load_replies, load_site
from comments.models import Reply, ReplyStatus
from health_content.document import document_digest
from health_content.selectors import page_document
from health_content.services.publication import publication_newest

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = load_pages()
RESOLVE = "/api/content/v1/resolve/?path="
SPANISH = "/es/articulos/acupuntura-dolor-de-espalda/"
BY_SLUG = {page.slug: page for page in PAGES}
CITATION = re.compile(r"\((?:references?|referencias?) ([\d y,and]+)\)")
# Promises that no health text may make (health_content's claim rules say why).
UNSAFE = re.compile(
    r"\b(cures?|guarantee\w*|miracle|painless|risk-free|detox\w*|no side effects|completely safe|works for everyone)\b",
    re.IGNORECASE,
)


def strings(value: Any) -> Iterator[str]:
    """Yield every text inside nested lists and dictionaries."""
    match value:
        case str():
            yield value
        case dict():
            for item in value.values():
                yield from strings(item)
        case list() | tuple():
            for item in value:
                yield from strings(item)


def references(page: PageText) -> list[dict[str, Any]]:
    """Return what the body lists, or else what the page cites of the library."""
    listed = [
        item
        for block in page.body
        if block["type"] == "references"
        for item in block["items"]
    ]
    library = {text.key: text.csl for text in load_site().references}
    return listed + [
        {key.lower(): value for key, value in library[item["key"]].items()}
        for item in page.references
    ]


def cited(page: PageText) -> set[int]:
    """Return the numbers of the references that the text cites."""
    text = " ".join(strings(asdict(page)))
    return {
        int(number)
        for group in CITATION.findall(text)
        for number in re.findall(r"\d+", group)
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_every_reference_is_cited_and_every_citation_has_its_reference(page):
    assert cited(page) == set(range(1, len(references(page)) + 1))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_every_reference_can_be_checked(page):
    for item in references(page):
        assert item.get("doi") or item.get("url"), item["title"]
        assert item.get("url", "https://").startswith("https://")
        assert re.fullmatch(r"10\.\d{4,9}/\S+", item.get("doi", "10.1000/182"))


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.state != "refused"], ids=lambda page: page.slug
)  # fmt: skip
def test_no_page_makes_an_unsafe_promise(page):
    assert UNSAFE.findall(" ".join(strings(asdict(page)))) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_summaries_fit_their_field(page):
    assert 0 < len(page.summary) <= 300


def test_the_main_article_shows_every_kind_of_block():
    def types(blocks):
        for block in blocks:
            yield block["type"]
            yield from types(block.get("blocks", ()))

    article = BY_SLUG["acupuncture-for-back-pain"]
    lists = {
        block["type"]: len(block["items"])
        for section in article.body
        for block in section.get("blocks", ())
        if "items" in block
    }

    assert lists == {
        "mechanism_list": 6,
        "benefit_list": 4,
        "risks": 2,
        "step_list": 4,
        "approach_list": 5,
        "faq": 4,
    }
    others = {
        "section",
        "rich_text",
        "callout",
        "quote",
        "image",
        "table",
        "care_card",
        "stat",
        "evidence_summary",
        "personal_story",
        "medicine_info",
    }
    assert others <= set(types(article.body))


def test_persons_are_marked_fictional():
    names = [person.last_name for person in load_site().people]
    names += [reply.name for reply in load_replies()]
    names += [profile.name for profile in load_site().profiles]

    assert [n for n in names if "(fictional)" not in n and "(ficticia)" not in n] == []


def test_addresses_of_persons_lead_nowhere():
    addresses = [person.email for person in load_site().people]
    addresses += [reply.email for reply in load_replies()]

    assert {address.partition("@")[2] for address in addresses} == {"example.org"}


def test_drawings_are_small():
    sizes = {image.file: image.path.stat().st_size for image in load_site().images}

    assert {name for name, size in sizes.items() if size > 100_000} == set()


def test_demo_refuses_when_debug_is_off(settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="passwords are public"):
        call_command("demo")


def counts() -> dict[str, int]:
    labels = (
        "health_content",
        "health_pages",
        "health_comments",
        "auth",
        "wagtailcore",
        "wagtailimages",
    )
    models = (
        model for label in labels for model in apps.get_app_config(label).get_models()
    )
    return {model._meta.label: model._default_manager.count() for model in models}


def test_second_run_changes_nothing(demo, capsys):
    before = counts()

    with CaptureQueriesContext(connection) as queries:
        call_command("demo")

    assert counts() == before
    assert "everything is there" in capsys.readouterr().out
    writes = [q["sql"] for q in queries if re.match(r"INSERT|UPDATE|DELETE", q["sql"])]
    assert writes == []
    # Replies stand in every state that a moderator meets, three generations deep.
    assert set(Reply.objects.values_list("status", flat=True)) == {
        ReplyStatus.PUBLISHED,
        ReplyStatus.PENDING,
        ReplyStatus.REJECTED,
        ReplyStatus.SPAM,
        ReplyStatus.HIDDEN,
    }
    assert max(Reply.objects.values_list("depth", flat=True)) == 2


def test_every_printed_address_answers_and_hidden_pages_do_not(demo, client):
    paths = re.findall(r"http://127\.0\.0\.1:8000(\S+)", demo)

    answers = {path: client.get(path, follow=True).status_code for path in paths}

    assert len(paths) == 23
    assert {path for path, status in answers.items() if status != 200} == set()
    for slug in ("walking-and-back-pain", "heat-or-cold"):
        path = f"/articles/{slug}/"
        assert client.get(path).status_code == 404
        assert client.get(RESOLVE + path).status_code == 404
    # The Spanish article is a document of its own language, with the disclaimers of that language.
    page = client.get(RESOLVE + SPANISH).json()["page"]
    assert page["locale"] == "es"
    titles = [item["title"] for item in page["safety"]["disclaimers"]]
    assert titles == [
        "No usar en emergencias",
        "Además de la atención habitual, no en su lugar",
        "Información médica general",
    ]
    # The second one is inherited from the topic above that of acupuncture.
    assert [item["why"] for item in page["safety"]["disclaimers"]] == [
        {"code": "page", "name": None},
        {"code": "topic", "name": "Enfoques complementarios"},
        {"code": "every_page", "name": None},
    ]
    alternates = {item["locale"]: item["path"] for item in page["alternates"]}
    assert alternates["en"] == "/articles/acupuncture-for-back-pain/"


def test_an_article_of_each_stage_is_shown_in_the_admin(demo, admin_client):
    stages = dict(re.findall(r"(/admin/\S+/(?:edit|evidence)/)  (\w+)", demo))

    answers = {path: admin_client.get(path) for path in stages}

    assert [*stages.values()] == ["claims", "waits", "went", "was"]
    assert {answer.status_code for answer in answers.values()} == {200}
    refused, _, live, _ = answers.values()
    assert "What needles promise" in refused.content.decode()
    assert "Noor Nasser (fictional)" in live.content.decode()


def test_pages_show_what_the_records_state(demo):
    """HTML pages build their document when they are read, the API serves the record's: both are the same."""
    models = apps.get_app_config("health_pages").get_models()
    pages = [page for model in models for page in model.objects.live()]

    built = {page.pk: document_digest(page_document(page)) for page in pages}

    assert len(built) == 10
    assert built == {pk: publication_newest(pk).digest for pk in built}


def test_documents_follow_the_port_and_a_later_setup_keeps_it(
    demo, client, capsys, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("demo", summary=True, port=8123)
    summary = capsys.readouterr().out
    call_command("demo", setup=True)

    assert capsys.readouterr().out == "Demo content: everything is there.\n"
    assert "http://127.0.0.1:8123/articles/acupuncture-for-back-pain/" in summary
    page = client.get(RESOLVE + "/articles/sleeping-better/").json()["page"]
    assert page["url"] == "http://127.0.0.1:8123/articles/sleeping-better/"


def test_each_role_may_do_its_work_and_no_more(demo):
    users = {user.username: user for user in get_user_model().objects.all()}
    article = apps.get_model("health_pages", "ArticlePage").objects.get(
        slug="acupuncture-for-back-pain"
    )

    def who(may):
        return {name for name, user in users.items() if may(user)}

    assert who(lambda user: user.is_superuser) == {"admin"}
    assert who(lambda user: user.has_perm("health_comments.moderate_reply")) == {
        "admin",
        "moderator",
    }
    assert who(lambda user: article.permissions_for_user(user).can_publish()) == {
        "admin",
        "editor",
    }
    assert who(lambda user: user.has_perm("wagtailadmin.access_admin")) == set(users)


@pytest.mark.enable_socket
def test_a_port_in_use_is_said_first(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(CommandError, match=f"Port {port} cannot be used"):
            call_command("demo", "--summary", "--force", f"--port={port}")

    assert capsys.readouterr().out == ""
