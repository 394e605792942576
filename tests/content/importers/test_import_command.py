"""`import_article`: its report, its exit codes, and one line for every refusal."""

from __future__ import annotations

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.models import Page, Revision

from health_content.models import DisclaimerSnippet, ImportSource
from health_content.pages.models import ArticlePage
from tests import factories

ROOT = Path(__file__).resolve().parents[3]
KEYS = [
    "page_id", "path", "title", "sections", "mechanisms", "benefits", "approaches", "questions", "disclaimers",
    "replies_open", "unmapped", "status", "blocks", "notes",
]  # fmt: skip


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("import_article", *map(str, arguments), stdout=out)
    return out.getvalue()


def report(*arguments: object) -> dict[str, object]:
    return json.loads(run(*arguments, "--format", "json"))


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "cold-feet.txt"
    path.write_text(
        "Warm Feet\n\nText.\n\nOther Ways\n\n1. Socks: Warm.\n\nLeave a Reply\n\nAna says: good\n"
    )
    return path


def test_the_report_for_programs(home: Page, article: Path) -> None:
    facts = report(article)

    page = ArticlePage.objects.get()
    assert list(facts) == KEYS
    assert facts == {
        "page_id": page.pk, "path": page.get_url_parts()[2], "title": "Warm Feet", "sections": 1, "mechanisms": 0,
        "benefits": 0, "approaches": 1, "questions": 0, "disclaimers": 0, "replies_open": True,
        "unmapped": [{"line": 11, "text": "Ana says: good"}], "status": "created",
        "blocks": [
            {"type": "introduction", "lines": [3, 3], "items": 0, "section": None},
            {"type": "section", "lines": [5, 7], "items": 0, "section": "Other Ways"},
            {"type": "approach_list", "lines": [7, 7], "items": 1, "section": "Other Ways"},
        ],
        "notes": [],
    }  # fmt: skip


def test_the_report_for_people(home: Page, article: Path) -> None:
    assert run(article).splitlines() == [
        "created: “Warm Feet” at /warm-feet/",
        "1 section, 0 mechanisms, 0 benefits, 1 approach, 0 questions, 0 disclaimers",
        "replies are open (line 9)",
        "          1  title",
        "          3  introduction",
        "        5-7  section  Other Ways",
        "          7  approach_list (1)  Other Ways",
        "line 11 has no place: Ana says: good",
    ]


def test_the_reference_article(home: Page, seed_article: Path) -> None:
    facts = report(seed_article)
    again = report(seed_article)

    counts = {name: facts[name] for name in KEYS[3:11]}
    assert facts["title"] == "Get Back Pain Relief With Acupuncture"
    assert counts == {
        "sections": 6, "mechanisms": 5, "benefits": 4, "approaches": 5, "questions": 4, "disclaimers": 1,
        "replies_open": True, "unmapped": [],
    }  # fmt: skip
    assert (again["page_id"], again["status"]) == (facts["page_id"], "updated")
    assert ArticlePage.objects.count() == DisclaimerSnippet.objects.count() == 1


def test_a_dry_run_writes_nothing(home: Page, article: Path) -> None:
    facts = report(article, "--dry-run")

    assert (facts["page_id"], facts["path"], facts["status"]) == (
        None,
        "/warm-feet/",
        "would_create",
    )
    assert ArticlePage.objects.count() == ImportSource.objects.count() == 0


def test_the_parent_is_named_by_its_path(home: Page, article: Path) -> None:
    factories.index(home, title="Articles", slug="articles")
    factories.index(home, title="News", slug="news")

    assert report(article)["path"] == "/articles/warm-feet/"
    assert report(article, "--parent", "/news/")["path"] == "/news/warm-feet/"


def test_publish(home: Page, article: Path) -> None:
    report(article, "--publish")

    assert ArticlePage.objects.get().live


def test_a_refusal_to_publish_keeps_the_draft(
    home: Page, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise PublishPermissionError("two findings are open")

    monkeypatch.setattr(Revision, "publish", refuse)

    with pytest.raises(CommandError, match="two findings are open") as refusal:
        run(article, "--publish")

    assert refusal.value.returncode == 3
    assert not ArticlePage.objects.get().live


def test_what_a_person_may_want_to_see_is_noted(home: Page, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(
        "Warm Feet\n\nText.\n\nQ: Why?\n\nQ: When?\nA: Now.\n\nLeave a Reply\n\n"
        "Your email address will not be published. Required fields are marked *\n\nName *\nEmail *\n"
    )

    facts = report(path)
    lines = run(path).splitlines()

    assert facts["unmapped"] == [
        {"line": 12, "text": "Your email address will not be published. Required fields are marked *"}
    ]  # fmt: skip
    assert facts["notes"] == [
        {"line": 5, "text": "Why?", "reason": "no_answer"},
        {"line": 14, "text": "Name * Email *", "reason": "reply_form"},
    ]
    assert lines[-2:] == [
        "line 5 asks without an answer: Why?",
        "line 14 is of a copied reply form: Name * Email *",
    ]


KNEES = "Sore knees\n\nKnees ache when stairs are steep. Gentle movement helps.\n\nLeave a Reply\n"
TEETH = "Healthy teeth\n\nBrush twice a day. Sugar feeds the bacteria of plaque.\n"


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_another_article_in_the_file_is_refused(
    home: Page, tmp_path: Path, dry: list[str]
) -> None:
    path = tmp_path / "same.txt"
    path.write_text(KNEES)
    report(path, "--publish")
    path.write_text(TEETH)

    with pytest.raises(CommandError) as refusal:
        run(path, "--publish", *dry)

    page = ArticlePage.objects.get()
    assert refusal.value.returncode == 2
    assert "“Sore knees”, made from this source, is another article" in str(
        refusal.value
    )
    assert "\n" not in str(refusal.value)
    assert (page.title, page.revisions.count()) == ("Sore knees", 1)


def test_another_article_replaces_the_page_when_told_to(
    home: Page, tmp_path: Path
) -> None:
    path = tmp_path / "same.txt"
    path.write_text(KNEES)
    page_id = report(path, "--publish")["page_id"]
    path.write_text(TEETH)

    assert report(path, "--dry-run", "--replace")["status"] == "would_update"
    assert report(path, "--publish", "--replace")["page_id"] == page_id
    assert ArticlePage.objects.get().title == "Healthy teeth"
    assert report(path)["status"] == "updated"


def test_an_edited_title_and_text_are_the_same_article(
    home: Page, tmp_path: Path
) -> None:
    path = tmp_path / "same.txt"
    path.write_text(KNEES)
    report(path)
    path.write_text(
        KNEES.replace("Sore knees", "Knees that ache").replace("steep", "long")
    )

    assert report(path)["status"] == "updated"
    assert ArticlePage.objects.get().title == "Knees that ache"


INCOMPLETE = [
    (
        "Q: Can I drive?\n",
        "body > faq > items > item 1 “Can I drive?” > answer: This field is required.",
    ),
    (
        "Warm Feet\n\nText.\n\nFAQ\n\nQ: Why?\nA: So.\n\nQ: When?\n\nQ: Why?\nA: So.\n",
        "body > section “FAQ” > blocks > faq > items > item 2 “When?” > answer: This field is required.",
    ),
]


@pytest.mark.parametrize(("source", "words"), INCOMPLETE)
def test_what_the_editor_cannot_publish_stays_a_draft(
    home: Page, tmp_path: Path, source: str, words: str
) -> None:
    path = tmp_path / "driving.txt"
    path.write_text(source)

    with pytest.raises(CommandError) as refusal:
        run(path, "--publish")

    assert refusal.value.returncode == 3
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert not ArticlePage.objects.get().live


@pytest.mark.gated
def test_a_disclaimer_that_claims_what_must_not_stand_keeps_the_draft(
    home: Page, tmp_path: Path
) -> None:
    path = tmp_path / "backs.txt"
    path.write_text(
        "Backs\n\nAsk a nurse.\n\nDisclaimer: Acupuncture cures back pain for good.\n"
    )

    with pytest.raises(CommandError, match="cures back pain for good") as refusal:
        run(path, "--publish")

    assert refusal.value.returncode == 3
    assert "\n" not in str(refusal.value)
    assert not ArticlePage.objects.get().live
    assert not DisclaimerSnippet.objects.get().live


@pytest.mark.parametrize("name", ["", " "])
def test_a_file_without_a_name_is_refused(home: Page, name: str) -> None:
    with pytest.raises(CommandError, match="no file is named; - reads standard input"):
        run(name)


def test_standard_input(
    home: Page, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        monkeypatch.setattr(
            sys, "stdin", SimpleNamespace(buffer=io.BytesIO(article.read_bytes()))
        )
        assert report("-")["title"] == "Warm Feet"

    assert ArticlePage.objects.count() == 1


def test_a_title_is_taken_from_the_file_name(home: Page, tmp_path: Path) -> None:
    path = tmp_path / "back-pain_questions.txt"
    path.write_text("Q: Why?\nA: So.\n")

    assert report(path)["title"] == "Back pain questions"


REFUSED = [
    ("missing.txt", None, "No such file or directory"),
    (".", None, "it is a directory"),
    ("empty.txt", b"", "it has no text"),
    ("blank.txt", b" \r\n\t", "it has no text"),
    ("latin.txt", "Caf\xe9".encode("latin-1"), "not UTF-8 text (byte 0xE9 in line 1); save it as UTF-8 first"),
    ("wide.txt", "Title".encode("utf-16"), "not UTF-8 text (it is UTF-16); save it as UTF-8 first"),
    ("image.txt", b"\x89PNG\r\n\x1a\n", "it is an image, not plain text"),
    ("program", bytes(range(256)), "it is binary, not plain text"),
    ("large.txt", b"a" * (2 * 1024 * 1024 + 1), "it is larger than 2 MB"),
    ("title.txt", b"a" * 256 + b"\n\nText.", "the title in line 1 has 256 characters; 255 fit. Is a blank line missing below it?"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "words"), REFUSED)
def test_a_file_that_cannot_be_read_is_refused(
    home: Page, tmp_path: Path, name: str, data: bytes | None, words: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)

    with pytest.raises(CommandError) as refusal:
        run(path)

    assert str(refusal.value) == f"cannot import {path}: {words}"
    assert refusal.value.returncode == 2
    assert (
        ArticlePage.objects.count()
        == DisclaimerSnippet.objects.count()
        == ImportSource.objects.count()
        == 0
    )


@pytest.mark.parametrize(
    "arguments",
    [["--parent", "/nowhere/"], ["--locale", "xx"], ["--locale", "", "--parent", "/"]],
)
def test_a_parent_or_locale_that_cannot_be_used_is_refused(
    home: Page, article: Path, arguments: list[str]
) -> None:
    with pytest.raises(CommandError) as refusal:
        run(article, *arguments)

    assert refusal.value.returncode == 2
    assert "\n" not in str(refusal.value)
    assert ArticlePage.objects.count() == 0


def test_a_name_with_a_nul_is_refused(home: Page) -> None:
    with pytest.raises(CommandError, match="null"):
        run("a\0b")


def test_a_file_of_20_megabytes_is_not_read(
    home: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sparse.txt"
    with path.open("wb") as stream:
        stream.truncate(20 * 1024 * 1024)
    monkeypatch.setattr(Path, "open", None)

    with pytest.raises(CommandError, match="it is larger than 2 MB"):
        run(path)


def test_a_stream_without_end_is_read_no_further_than_fits(
    home: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path("/dev/zero").open("rb") as endless:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=endless))

        with pytest.raises(CommandError, match="it is larger than 2 MB"):
            run("-")


def test_the_shell_sees_one_line_and_exit_code_2(tmp_path: Path) -> None:
    """The file is judged before the database is asked."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "cms.settings.test"}
    done = subprocess.run(
        [sys.executable, "manage.py", "import_article", str(tmp_path / "none.txt")],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert done.stdout == ""
    assert (
        done.stderr
        == f"CommandError: cannot import {tmp_path / 'none.txt'}: No such file or directory\n"
    )


def test_a_database_that_fails_is_one_line_too(
    home: Page, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("connection lost\nDETAIL: nobody answers")

    monkeypatch.setattr(ImportSource.objects, "update_or_create", fail)

    with pytest.raises(CommandError) as failure:
        run(article)

    assert str(failure.value) == (
        "the database failed: connection lost DETAIL: nobody answers"
    )
    assert failure.value.returncode == 1
    assert ArticlePage.objects.count() == 0


@pytest.fixture
def copy(db: None, tmp_path: Path) -> Path:
    """Return a copy of the database, for processes of their own: no transaction of the test hides what they do."""
    if connection.vendor != "sqlite":
        pytest.skip("only a database in a file can be copied while it is in use")
    copy = tmp_path / "copy.sqlite3"
    with (
        sqlite3.connect(connection.settings_dict["NAME"]) as origin,
        sqlite3.connect(copy) as target,
    ):
        origin.backup(target)
    return copy


def start(copy: Path, *command: object) -> subprocess.Popen[str]:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "DATABASE_URL": f"sqlite:///{copy}",
    }
    return subprocess.Popen(
        [sys.executable, *map(str, command)],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def rows(copy: Path, table: str) -> int:
    with sqlite3.connect(copy) as made:
        query = f"SELECT count(*) FROM {table}"  # noqa: S608 - named below, not by a user
        return int(made.execute(query).fetchone()[0])


TABLES = (
    "wagtailcore_page", "wagtailcore_revision", "health_content_disclaimersnippet", "health_content_importsource",
)  # fmt: skip
KILLED = """
import os, signal, sys, django
django.setup()
from django.core.management import call_command
from health_content.services import article_import
article_import._remember = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
call_command("import_article", sys.argv[1], "--publish")
"""


@pytest.mark.slow
def test_an_import_that_is_killed_leaves_nothing(copy: Path, article: Path) -> None:
    with article.open("a") as stream:
        stream.write("\nDisclaimer: No advice.\n")
    before = [rows(copy, table) for table in TABLES]

    killed = start(copy, "-c", KILLED, article)
    killed.communicate()

    assert killed.returncode == -signal.SIGKILL
    assert [rows(copy, table) for table in TABLES] == before


@pytest.mark.slow
def test_imports_at_once_make_one_page(copy: Path, article: Path) -> None:
    with article.open("a") as stream:
        stream.write("\nDisclaimer: No advice.\n")
    command = ("manage.py", "import_article", article, "--format", "json")
    before = [rows(copy, table) for table in TABLES]

    running = [start(copy, *command) for _ in range(3)]
    reports = [json.loads(process.communicate()[0]) for process in running]

    assert len({facts["page_id"] for facts in reports}) == 1
    assert sorted(facts["status"] for facts in reports) == [
        "created",
        "updated",
        "updated",
    ]
    # Three revisions of the page, one of the disclaimer.
    added = [rows(copy, table) for table in TABLES]
    assert [now - then for now, then in zip(added, before, strict=True)] == [1, 4, 1, 1]
