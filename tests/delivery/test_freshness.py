"""What editors do is in the very next answer: publish, unpublish, move, rename, delete, disclaimers, images, sites."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import CollectionViewRestriction, Locale, Page, Revision, Site

from health_content.actors import System
from health_content.delivery import read_model, services
from health_content.delivery.models import DocumentBytes, DocumentTag, PublishedDocument
from health_content.delivery.services import document_rebuild, documents_refresh
from health_content.models import PublicationRecord
from health_content.services.publication import (
    publication_close,
    publication_faults,
    publication_newest,
    publication_record,
)
from tests.factories import article, block, disclaimer, faq, home_page, image, index

pytestmark = [
    pytest.mark.django_db,
    # Wagtail does not close the temporary files that it makes renditions in.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
Get = Callable[..., Any]
Committed = Callable[[], Any]


def link(page: Page) -> str:
    return f'<p><a linktype="page" id="{page.pk}">x</a></p>'


def test_publishing_is_seen(get: Get, committed: Committed) -> None:
    with committed():
        page = article(title="One", live=False)
    assert get(f"articles/{page.pk}/").status_code == 404

    with committed():
        page.title = "Two"
        page.save_revision().publish()

    assert get(f"articles/{page.pk}/").json()["title"] == "Two"
    assert get(f"articles/{page.pk}/").json()["version"] == 1


def test_a_draft_is_not_seen(get: Get, committed: Committed) -> None:
    with committed():
        page = article(title="One")
    with committed():
        page.title = "Two"
        page.save_revision()

    assert get(f"articles/{page.pk}/").json()["title"] == "One"


def test_unpublishing_and_publishing_again_are_seen(
    get: Get, committed: Committed
) -> None:
    with committed():
        page = article(slug="sleep")
        other = faq(introduction=link(page))
    with committed():
        page.unpublish()
    assert get(f"articles/{page.pk}/").status_code == 404
    assert get("resolve/", path="/sleep/").status_code == 404
    assert get("articles/").json()["items"] == []
    assert get(f"faqs/{other.pk}/").json()["introduction"] == {"html": "<p>x</p>"}

    with committed():
        page.refresh_from_db()
        page.save_revision().publish()

    assert get("resolve/", path="/sleep/").json()["page"]["id"] == page.pk
    assert get(f"faqs/{other.pk}/").json()["introduction"] == {
        "html": '<p><a href="/sleep/">x</a></p>'
    }


def test_deleting_is_seen(get: Get, committed: Committed) -> None:
    with committed():
        parent = index(slug="topics")
        page = article(parent, slug="sleep")
        other = faq(introduction=link(page))
    with committed():
        parent.delete()

    assert get(f"articles/{page.pk}/").status_code == 404
    assert get("resolve/", path="/topics/").status_code == 404
    assert get(f"faqs/{other.pk}/").json()["introduction"] == {"html": "<p>x</p>"}
    assert publication_newest(page.pk).reason == "unpublish"  # type: ignore[union-attr]


def test_a_new_slug_moves_the_page_and_all_below(
    get: Get, committed: Committed
) -> None:
    with committed():
        parent = index(title="Topics", slug="topics")
        page = article(parent, slug="sleep")
        other = faq(introduction=link(page))
    with committed():
        parent.slug, parent.title = "subjects", "Subjects"
        parent.save_revision().publish()

    document = get(f"articles/{page.pk}/").json()
    assert document["path"] == "/subjects/sleep/"
    assert [b["title"] for b in document["breadcrumbs"]] == ["Home", "Subjects"]
    assert get("resolve/", path="/subjects/sleep/").json()["page"]["id"] == page.pk
    assert get(f"faqs/{other.pk}/").json()["introduction"] == {
        "html": '<p><a href="/subjects/sleep/">x</a></p>'
    }
    moved = get("resolve/", path="/topics/sleep/").json()
    assert moved == {
        "outcome": "redirect",
        "status": 301,
        "location": "/subjects/sleep/",
    }


def test_a_slug_saved_without_publishing_is_seen(
    get: Get, committed: Committed
) -> None:
    with committed():
        page = article(slug="old")
    with committed():
        page.slug = "new"
        page.save()

    assert get("resolve/", path="/new/").json()["page"]["path"] == "/new/"


def test_moving_is_seen(get: Get, committed: Committed) -> None:
    with committed():
        here, there = index(slug="here"), index(slug="there")
        branch = index(here, slug="branch")
        page = article(branch, slug="sleep")
        other = faq(introduction=link(page))
    with committed():
        branch.move(there, pos="last-child")

    assert get("resolve/", path="/there/branch/sleep/").json()["page"]["id"] == page.pk
    assert get("resolve/", path="/here/branch/sleep/").json()["outcome"] == "redirect"
    assert (
        "/there/branch/sleep/"
        in get(f"faqs/{other.pk}/").json()["introduction"]["html"]
    )
    assert get("articles/", ancestor=there.pk).json()["items"][0]["id"] == page.pk
    assert get("articles/", ancestor=here.pk).json()["items"] == []
    assert get("pages/", parent=there.pk).json()["items"][0]["id"] == branch.pk


def test_a_disclaimer_is_followed(get: Get, committed: Committed) -> None:
    with committed():
        general = disclaimer("general", body="<p>First.</p>")
        chosen = json.dumps(
            [block("disclaimer", {"disclaimer": general.pk, "placement": "start"})]
        )
        page = article(disclaimers=chosen)
        inline = article(
            body=json.dumps([block("disclaimer", {"disclaimer": general.pk})])
        )
        neither = article()
    before = get(f"articles/{neither.pk}/").headers["ETag"]

    with committed():
        general.body = "<p>Second.</p>"
        general.save_revision().publish()

    for pk in (page.pk, inline.pk):
        (shown,) = get(f"articles/{pk}/").json()["safety"]["disclaimers"]
        assert (shown["version"], shown["body"]) == (2, {"html": "<p>Second.</p>"})
    assert get(f"articles/{inline.pk}/").json()["body"][0]["disclaimer"]["version"] == 2
    assert get("disclaimers/general/").json()["version"] == 2
    assert get(f"articles/{neither.pk}/").headers["ETag"] == before
    assert publication_newest(page.pk).reason == "dependency"  # type: ignore[union-attr]


def test_a_disclaimer_for_all_comes_and_goes(get: Get, committed: Committed) -> None:
    with committed():
        page = article()
        general = disclaimer("general", applies_to_all=False)
    assert get(f"articles/{page.pk}/").json()["safety"]["disclaimers"] == []

    with committed():
        general.applies_to_all = True
        general.save_revision().publish()
    assert [
        d["key"] for d in get(f"articles/{page.pk}/").json()["safety"]["disclaimers"]
    ] == ["general"]
    assert [p["id"] for p in get("disclaimers/general/").json()["shown_on"]] == [
        page.pk
    ]

    with committed():
        general.refresh_from_db()
        general.applies_to_all = False
        general.save_revision().publish()
    assert get(f"articles/{page.pk}/").json()["safety"]["disclaimers"] == []
    assert get("disclaimers/general/").json()["shown_on"] == []

    with committed():
        general.refresh_from_db()
        general.unpublish()
    assert get("disclaimers/general/").status_code == 404


def test_a_disclaimers_draft_is_not_seen(get: Get, committed: Committed) -> None:
    with committed():
        general = disclaimer("general", applies_to_all=True, body="<p>First.</p>")
        page = article()
    with committed():
        general.body = "<p>Draft.</p>"
        general.save_revision()

    assert "Draft" not in get(f"articles/{page.pk}/").content.decode()
    assert "Draft" not in get("disclaimers/").content.decode()


def test_an_image_is_followed(get: Get, committed: Committed) -> None:
    with committed():
        picture = image()
        page = article(
            body=json.dumps(
                [block("image", {"image": {"image": picture.pk, "alt_text": "A"}})]
            )
        )
    sources = get(f"articles/{page.pk}/").json()["body"][0]["image"]["sources"]
    assert [(s["width"], s["height"], s["type"]) for s in sources] == [
        (width, height, f"image/{form}")
        for form in ("avif", "webp", "png")
        for width, height in ((400, 225), (800, 450), (1200, 675))
    ]

    with committed():
        picture.focal_point_x, picture.focal_point_y = 800, 450
        picture.focal_point_width = picture.focal_point_height = 160
        picture.save()
    assert (
        get(f"articles/{page.pk}/").json()["body"][0]["image"]["focal_point"]["x"]
        == 0.5
    )

    with committed():
        get_image_model().objects.get().delete()
    assert get(f"articles/{page.pk}/").json()["body"][0]["image"] is None


def test_an_image_without_its_file_is_null(get: Get, committed: Committed) -> None:
    with committed():
        picture = image()
        picture.file.storage.delete(picture.file.name)
        page = article(
            body=json.dumps([block("image", {"image": {"image": picture.pk}})])
        )

    assert get(f"articles/{page.pk}/").json()["body"][0]["image"] is None


def test_a_document_for_download_is_followed(get: Get, committed: Committed) -> None:
    from django.core.files.base import ContentFile
    from wagtail.documents import get_document_model

    with committed():
        leaflet = get_document_model()(title="Leaflet")
        leaflet.file.save("leaflet.pdf", ContentFile(b"%PDF-"))
        leaflet.save()
        page = article(introduction=f'<a linktype="document" id="{leaflet.pk}">x</a>')
    assert (
        get(f"articles/{page.pk}/").json()["introduction"]["html"]
        == f'<a href="{leaflet.url}">x</a>'
    )

    with committed():
        CollectionViewRestriction.objects.create(
            collection=leaflet.collection, restriction_type="login"
        )
    assert get(f"articles/{page.pk}/").json()["introduction"] == {"html": "x"}

    with committed():
        CollectionViewRestriction.objects.get().delete()
        leaflet.delete()
    assert get(f"articles/{page.pk}/").json()["introduction"] == {"html": "x"}


def test_a_new_host_name_is_seen(get: Get, committed: Committed) -> None:
    with committed():
        page = article(slug="sleep")
    with committed():
        site = Site.objects.get(is_default_site=True)
        site.hostname, site.port = "health.example", 443
        site.save()

    document = get(f"articles/{page.pk}/").json()
    assert (document["site"], document["url"]) == (
        "health.example",
        "https://health.example/sleep/",
    )
    assert (
        get("resolve/", path="/sleep/", site="health.example").json()["page"]["id"]
        == page.pk
    )


def test_a_translation_is_an_alternate_of_both(get: Get, committed: Committed) -> None:
    with committed():
        Locale.objects.create(language_code="es")
        page = article(title="Sleep", slug="sleep")
        other = faq(introduction=link(page))
        spanish = Locale.objects.get(language_code="es")
        home = home_page().copy_for_translation(spanish)
        home.save_revision().publish()
    with committed():
        copy = page.copy_for_translation(spanish)
        copy.title, copy.slug = "Dormir", "dormir"
        copy.save_revision().publish()
        spanish_faq = other.copy_for_translation(spanish)
        spanish_faq.save_revision().publish()

    assert [
        (a["locale"], a["path"])
        for a in get(f"articles/{page.pk}/").json()["alternates"]
    ] == [("es", "/es/dormir/")]
    document = get("resolve/", path="/es/dormir/").json()["page"]
    assert (document["locale"], document["alternates"][0]["path"]) == ("es", "/sleep/")
    assert get(f"articles/{copy.pk}/").headers["Content-Language"] == "es"
    # A link in a translation leads to the translation, as Wagtail's own do.
    assert (
        "/es/dormir/" in get(f"faqs/{spanish_faq.pk}/").json()["introduction"]["html"]
    )
    assert [p["id"] for p in get("articles/", locale="es").json()["items"]] == [copy.pk]

    with committed():
        copy.refresh_from_db()
        copy.unpublish()
    assert get(f"articles/{page.pk}/").json()["alternates"] == []


def test_a_schedule_ends_shared_caches_in_time(get: Get, committed: Committed) -> None:
    with committed():
        page = article()
    assert "s-maxage=300" in get(f"articles/{page.pk}/").headers["Cache-Control"]

    with committed():
        page.expire_at = timezone.now() + timedelta(seconds=100)
        page.save_revision().publish()
    assert lifetime(get(f"articles/{page.pk}/")) in range(90, 101)
    assert lifetime(get("articles/")) in range(90, 101)

    with committed():
        page.expire_at = timezone.now() + timedelta(days=9)
        page.save_revision().publish()
    with committed():
        page.refresh_from_db()
        page.go_live_at = timezone.now() + timedelta(seconds=50)
        page.save_revision().publish()
    assert lifetime(get(f"articles/{page.pk}/")) in range(40, 51)
    assert lifetime(get("articles/")) in range(40, 51)

    with committed():
        revision = Revision.objects.get(approved_go_live_at__isnull=False)
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
    assert lifetime(get(f"articles/{page.pk}/")) == 300


def lifetime(response: Any) -> int:
    parts = dict(
        part.partition("=")[::2]
        for part in response.headers["Cache-Control"].split(", ")
    )
    if int(parts["s-maxage"]) < 300:
        assert "stale-if-error" not in parts
    return int(parts["s-maxage"])


def test_saving_without_a_change_appends_nothing(committed: Committed) -> None:
    with committed():
        page = article()
    row = PublishedDocument.objects.get(page_id=page.pk)
    with committed():
        page.save_revision().publish()
        document_rebuild(page.pk)

    assert PublicationRecord.objects.filter(page_id=page.pk).count() == 1
    assert PublishedDocument.objects.get(page_id=page.pk).updated_at == row.updated_at
    assert DocumentBytes.objects.filter(document_id=page.pk).count() == 9
    assert document_rebuild(page.pk) is False


def test_records_are_chained_and_tell_of_tampering(committed: Committed) -> None:
    page = article(title="One")
    page.title = "Two"
    page.save()
    page.unpublish()
    page.refresh_from_db()
    page.save_revision().publish()

    records = list(PublicationRecord.objects.filter(page_id=page.pk).order_by("number"))
    assert [r.reason for r in records] == ["publish", "publish", "unpublish", "publish"]
    assert [r.prev_hash for r in records] == ["", *(r.hash for r in records[:-1])]
    assert publication_faults(page.pk) == []
    assert publication_close(page, actor=System("test"), reason="unpublish") is not None
    assert publication_close(page, actor=System("test"), reason="unpublish") is None

    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE health_content_publicationrecord SET locale = 'xx' WHERE page_id = %s AND number = 2",
            [page.pk],
        )
    assert publication_faults(page.pk) == [2]


def test_a_record_names_who_published(
    committed: Committed, django_user_model: Any
) -> None:
    someone = django_user_model.objects.create_user("someone")
    page = article(live=False)
    page.live = True
    page.save(user=someone)

    assert publication_newest(page.pk).published_by == someone  # type: ignore[union-attr]
    assert publication_record(page, actor=someone, reason="rebuild").is_new is False


def test_rebuilding_repairs_and_adopts(
    get: Get, committed: Committed, capsys: pytest.CaptureFixture[str]
) -> None:
    with committed():
        page = article()
        unknown = article(live=False)
    Page.objects.filter(pk=page.pk).update(live=False)
    Page.objects.filter(pk=unknown.pk).update(live=True)

    call_command("rebuild_documents")
    assert PublishedDocument.objects.filter(type="article").count() == 0

    call_command("rebuild_documents", "--adopt", "--page", str(unknown.pk))
    assert get(f"articles/{unknown.pk}/").status_code == 200
    assert (
        capsys.readouterr().out.splitlines()[-1] == "1 pages, 1 adopted, 2 documents."
    )


def test_rebuilding_an_unknown_page_fails() -> None:
    from django.core.management.base import CommandError

    with pytest.raises(CommandError):
        call_command("rebuild_documents", "--page", "999999")


def test_a_rebuild_that_fails_hides_the_page(
    get: Get,
    committed: Committed,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Stale bytes may name what is no longer public; without bytes there is nothing to leak."""
    with committed():
        page, other = article(), article()
    real = read_model.document_card
    monkeypatch.setattr(
        read_model, "document_card", lambda d: 1 / 0 if d["id"] == page.pk else real(d)
    )

    documents_refresh([page.pk, other.pk])

    assert get(f"articles/{page.pk}/").status_code == 404
    assert get(f"articles/{other.pk}/").status_code == 200
    assert "could not be rebuilt" in caplog.text


def test_many_dependents_are_left_to_tasks(
    get: Get, committed: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "INLINE_MAX", 2)
    with committed():
        parent = index(slug="topics")
    with committed():
        pages = [article(parent) for _ in range(5)]
    with committed():
        parent.slug = "subjects"
        parent.save_revision().publish()

    paths = [get(f"articles/{page.pk}/").json()["path"] for page in pages]
    assert all(path.startswith("/subjects/") for path in paths)


def test_tags_name_what_a_document_is_made_of(committed: Committed) -> None:
    with committed():
        general = disclaimer("general")
        hidden = article(live=False)
        page = article(
            introduction=link(hidden),
            disclaimers=json.dumps(
                [block("disclaimer", {"disclaimer": general.pk, "placement": "end"})]
            ),
        )

    tags = set(
        DocumentTag.objects.filter(document_id=page.pk).values_list("tag", flat=True)
    )
    row = PublishedDocument.objects.get(page_id=page.pk)
    assert tags == {
        f"page-{hidden.pk}",
        f"page-{home_page().pk}",
        f"disclaimer-{general.pk}",
    }
    assert f"page-{hidden.pk}" not in row.tags.split()
    assert row.tags.split() == [
        f"page-{page.pk}", "type-article", f"site-{row.site_id}", f"self-{page.pk}",
        f"path-{row.site_id}-{row.path_key[:16]}", f"disclaimer-{general.pk}", f"page-{home_page().pk}",
    ]  # fmt: skip
