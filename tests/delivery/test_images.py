"""Images: their files are made in a task; documents say what there is, and follow when there is more."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image as PillowImage
from wagtail.images import get_image_model
from wagtail.images.models import Rendition

from health_content import image_encoders
from health_content.delivery.models import Change, PublishedDocument, WebhookDelivery
from health_content.delivery.services import documents_rebuild
from health_content.document_html import PLACEHOLDER
from health_content.models import PublicationRecord, RenditionJob, RenditionState
from health_content.selectors.media import image_work, images_by_id
from health_content.services import renditions
from health_content.services.renditions import (
    CLAIM_AGE,
    renditions_make,
    renditions_request,
)
from tests.factories import article, block, image, superuser

pytestmark = pytest.mark.django_db
Get = Callable[..., Any]
Committed = Callable[[], Any]


class Queue:
    """Tasks that nobody works on."""

    def __init__(self) -> None:
        self.images: list[int] = []

    def enqueue(self, image_id: int) -> None:
        self.images.append(image_id)

    def work(self) -> None:
        while self.images:
            renditions_make(self.images.pop(0))


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Queue:
    """Return the queue of images whose files are asked for."""
    waiting = Queue()
    monkeypatch.setattr(renditions.tasks, "make_renditions", waiting)
    return waiting


def picture_file(
    form: str = "PNG", size: tuple[int, int] = (500, 250), **options: Any
) -> ContentFile:
    data = BytesIO()
    PillowImage.new("RGB", size, "teal").save(data, form, **options)
    return ContentFile(data.getvalue(), name=f"picture.{form.lower()}")


def stored(file: ContentFile) -> Any:
    return get_image_model().objects.create(title="Stretching", file=file)


def with_image(picture: Any, **fields: Any) -> Any:
    body = [block("image", {"image": {"image": picture.pk, "alt_text": "A back"}})]
    return article(body=json.dumps(body), **fields)


def shown(get: Get, page: Any) -> Any:
    return get(f"articles/{page.pk}/").json()["body"][0]["image"]


def test_uploading_makes_the_files(committed: Committed) -> None:
    with committed():
        picture = stored(picture_file())

    (work,) = image_work([picture.pk])
    assert work.missing == ()
    assert [r.file.name.rpartition(".")[2] for r in work.files.values()] == [
        "avif", "avif", "webp", "webp", "png", "png",
    ]  # fmt: skip
    for rendition in work.files.values():
        with rendition.file as stored_file, PillowImage.open(stored_file) as found:
            assert found.size == (rendition.width, rendition.height)
    assert RenditionJob.objects.count() == 0


def test_publishing_needs_no_second_step_with_the_immediate_backend(
    get: Get, committed: Committed
) -> None:
    with committed():
        picture = stored(picture_file())
        page = with_image(picture)

    found = shown(get, page)

    assert {s["width"] for s in found["sources"]} == {400, 500}
    assert [s["type"] for s in found["sources"]][::2] == [
        "image/avif",
        "image/webp",
        "image/png",
    ]
    assert (found["pending"], found["width"], found["height"]) == (False, 500, 250)
    assert get(f"articles/{page.pk}/").json()["version"] == 1


def test_a_page_answers_before_its_files_are_made_and_changes_when_they_are(
    get: Get, committed: Committed, queue: Queue
) -> None:
    """To editors and webhooks nothing happened; the bytes are new ones, and the change feed says so."""
    with committed():
        picture = stored(picture_file())
    queue.images.clear()
    RenditionJob.objects.all().delete()
    text = block("rich_text", f'<p><embed embedtype="image" id="{picture.pk}" alt="B"/></p>')  # fmt: skip
    with committed():
        page = with_image(picture)
        other = article(body=json.dumps([text]))

    first = get(f"articles/{page.pk}/")
    found = first.json()["body"][0]["image"]
    assert (found["sources"], found["pending"], found["alt"]) == ([], True, "A back")
    assert (found["width"], found["height"]) == (500, 250)
    html = get(f"articles/{other.pk}/").json()["body"][0]["body"]["html"]
    key = found["key"]
    assert html == (
        f'<p><img src="{PLACEHOLDER}" alt="B" width="500" height="250" data-key="{key}"></p>'
    )
    assert "B\n" in get(f"articles/{other.pk}.md").content.decode()
    assert "data:" not in get(f"articles/{other.pk}.md").content.decode()
    assert queue.images == [picture.pk]  # Once, for both pages.
    numbers = dict(Change.objects.values_list("page_id", "number"))

    with committed():
        queue.work()

    second = get(f"articles/{page.pk}/")
    assert len(second.json()["body"][0]["image"]["sources"]) == 6
    assert second.json()["body"][0]["image"]["pending"] is False
    html = get(f"articles/{other.pk}/").json()["body"][0]["body"]["html"]
    small, large = sorted(
        image_work([picture.pk])[0].files[f"width-{w}|format-png"].url
        for w in (400, 800)
    )
    assert html == (
        f'<p><img src="{large}" alt="B" width="500" height="250" srcset="{small} 400w, {large} 500w" '
        f'sizes="(min-width: 800px) 800px, 100vw" data-key="{key}"></p>'
    )
    for name in ("version", "last_published_at"):
        assert first.json()[name] == second.json()[name]
    assert first["ETag"] != second["ETag"]
    records = PublicationRecord.objects.filter(page_id__in=[page.pk, other.pk])
    assert records.count() == 2
    after = dict(Change.objects.values_list("page_id", "number"))
    assert {pk for pk in after if after[pk] > numbers[pk]} == {page.pk, other.pk}
    assert WebhookDelivery.objects.count() == 0


def test_another_picture_is_another_publication(committed: Committed) -> None:
    with committed():
        one, two = stored(picture_file()), stored(picture_file())
        page = with_image(one)
    with committed():
        page.body = json.dumps(
            [block("image", {"image": {"image": two.pk, "alt_text": "A back"}})]
        )
        page.save_revision().publish()

    assert PublishedDocument.objects.get(page=page).version == 2


def test_replacing_the_file_in_the_admin_is_followed(
    get: Get, committed: Committed
) -> None:
    """Wagtail saves the image, and deletes the files of the old one after that."""
    with committed():
        picture = stored(picture_file())
        page = with_image(picture)
    before = shown(get, page)
    client = Client()
    client.force_login(superuser())

    with committed():
        answer = client.post(
            reverse("wagtailimages:edit", args=[picture.pk]),
            {
                "title": "Bending",
                "file": picture_file(size=(900, 300)),
                "collection": picture.collection_id,
            },
        )

    assert answer.status_code == 302
    after = shown(get, page)
    assert after["key"] != before["key"]
    assert (after["pending"], after["width"]) == (False, 900)
    assert {s["width"] for s in after["sources"]} == {400, 800, 900}
    names = {Path(s["src"]).name for s in after["sources"]}
    assert names == {Path(r.file.name).name for r in Rendition.objects.filter(filter_spec__contains="|format-")}  # fmt: skip
    assert get(f"articles/{page.pk}/").json()["version"] == 2


def test_deleted_files_are_made_again(get: Get, committed: Committed) -> None:
    with committed():
        picture = stored(picture_file())
        page = with_image(picture)
    with committed():
        Rendition.objects.filter(filter_spec="width-400|format-webp").delete()

    assert len(shown(get, page)["sources"]) == 6
    files = {r.url for r in Rendition.objects.all()}
    assert {s["src"] for s in shown(get, page)["sources"]} <= files


def test_deleting_an_image_leaves_nothing_to_do(
    committed: Committed, queue: Queue
) -> None:
    with committed():
        picture = stored(picture_file())
    with committed():
        queue.work()
    RenditionJob.objects.create(
        image_id=picture.pk,
        file="x",
        state=RenditionState.FAILED,
        requested_at=timezone.now(),
        queued_at=timezone.now(),
    )
    with committed():
        get_image_model().objects.all().delete()

    assert queue.images == []
    assert RenditionJob.objects.count() == 0
    renditions_make(picture.pk)  # A task that comes too late.


def test_one_bad_image_stops_no_other(
    get: Get, committed: Committed, queue: Queue, settings: Any
) -> None:
    with committed():
        good, bad = stored(picture_file()), stored(picture_file())
        bad.file.storage.delete(bad.file.name)
        bomb = stored(picture_file(size=(600, 600)))
        pages = [with_image(each) for each in (good, bad, bomb)]
    settings.HEALTH_CONTENT = {"IMAGE_PIXELS_MAX": 200_000}
    with committed():
        queue.work()

    assert [shown(get, page) and len(shown(get, page)["sources"]) for page in pages] == [6, None, None]  # fmt: skip
    jobs = RenditionJob.objects.order_by("pk")
    assert [(job.pk, job.state) for job in jobs] == [
        (bad.pk, "failed"),
        (bomb.pk, "failed"),
    ]
    assert "600 by 600 pixels" in jobs[1].reason
    with committed():
        documents_rebuild([page.pk for page in pages])
    assert queue.images == []  # Nobody tries again what cannot be done.

    settings.HEALTH_CONTENT = {}
    with committed():
        call_command("rebuild_documents", verbosity=0)
    assert sorted(queue.images) == [bad.pk, bomb.pk]
    with committed():
        queue.work()
    assert len(shown(get, pages[2])["sources"]) == 6
    assert shown(get, pages[1]) is None


def test_a_new_file_is_tried_whatever_became_of_the_old_one(
    get: Get, committed: Committed
) -> None:
    with committed():
        picture = stored(picture_file())
        picture.file.storage.delete(picture.file.name)
        page = with_image(picture)
    assert shown(get, page) is None

    with committed():
        picture.file = picture_file(size=(300, 200))
        picture.save()

    assert [s["width"] for s in shown(get, page)["sources"]] == [300, 300, 300]


@pytest.mark.parametrize("form", ["GIF", "WEBP"])
def test_a_picture_that_moves_is_delivered_as_it_is(
    get: Get, committed: Committed, form: str
) -> None:
    frame = PillowImage.new("RGB", (500, 250), "red")
    with committed():
        picture = stored(picture_file(form, save_all=True, append_images=[frame]))
        page = with_image(picture)

    assert shown(get, page)["sources"] == [
        {
            "src": picture.file.url,
            "width": 500,
            "height": 250,
            "type": f"image/{form.lower()}",
        }
    ]
    assert shown(get, page)["pending"] is False


def test_a_photograph_held_upright_has_its_upright_size(
    get: Get, committed: Committed
) -> None:
    exif = PillowImage.Exif()
    exif[0x0112] = 6
    with committed():
        page = with_image(stored(picture_file("JPEG", exif=exif)))

    found = shown(get, page)
    assert (found["width"], found["height"]) == (250, 500)
    assert [(s["width"], s["height"]) for s in found["sources"]] == [(250, 500)] * 3


def test_of_two_workers_one_makes_the_files(committed: Committed, queue: Queue) -> None:
    with committed():
        picture = stored(picture_file())
    RenditionJob.objects.update(claimed_at=timezone.now())

    renditions_make(picture.pk)
    assert Rendition.objects.count() == 0

    RenditionJob.objects.update(claimed_at=timezone.now() - CLAIM_AGE * 2)
    renditions_make(picture.pk)  # The first was killed.
    assert Rendition.objects.count() == 6
    assert RenditionJob.objects.count() == 0


def test_a_task_that_was_lost_is_queued_again(
    committed: Committed, queue: Queue
) -> None:
    with committed():
        picture = stored(picture_file())
    queue.images.clear()
    renditions_request([picture.pk])
    assert queue.images == []

    RenditionJob.objects.update(queued_at=timezone.now() - CLAIM_AGE - timedelta(seconds=1))  # fmt: skip
    with committed():
        renditions_request([picture.pk])
    assert queue.images == [picture.pk]


def test_what_changes_while_files_are_made_is_seen(
    committed: Committed, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    with committed():
        picture = stored(picture_file())
    make = renditions._make
    rounds: list[int] = []

    def slow(work: Any) -> Any:
        done = make(work)
        if not rounds:
            Rendition.objects.filter(filter_spec="width-400|format-avif").delete()
            renditions_request([picture.pk], is_changed=True)
        rounds.append(len(work.missing))
        return done

    monkeypatch.setattr(renditions, "_make", slow)
    with committed():
        queue.work()

    assert rounds == [6, 1]
    assert image_work([picture.pk])[0].missing == ()
    assert RenditionJob.objects.count() == 0


def test_a_worker_that_never_catches_up_leaves_the_rest_to_the_next(
    committed: Committed, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    with committed():
        picture = stored(picture_file())
    queue.images.clear()

    def never(*_args: Any) -> bool:
        return False

    monkeypatch.setattr(renditions, "_close", never)
    renditions_make(picture.pk)

    assert queue.images == [picture.pk]


def test_one_format_that_fails_leaves_the_others(
    get: Get, committed: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = renditions._make_file

    def picky(image: Any, spec: str, source: BytesIO) -> None:
        if "avif" in spec:
            raise OSError("encoder said no")
        make(image, spec, source)

    monkeypatch.setattr(renditions, "_make_file", picky)
    with committed():
        page = with_image(stored(picture_file()))

    assert {s["type"] for s in shown(get, page)["sources"]} == {"image/webp", "image/png"}  # fmt: skip
    assert shown(get, page)["pending"] is False
    assert RenditionJob.objects.get().reason == "width-800|format-avif: encoder said no"


def test_other_widths_are_made_by_a_rebuild_and_the_old_ones_serve_until_then(
    get: Get, committed: Committed, queue: Queue, settings: Any
) -> None:
    with committed():
        page = with_image(stored(picture_file()))
    with committed():
        queue.work()
    settings.HEALTH_CONTENT = {"IMAGE_WIDTHS": [100, 200], "IMAGE_FORMATS": ["webp"]}
    with committed():
        call_command("rebuild_documents", verbosity=0)

    found = shown(get, page)
    assert (found["pending"], [(s["width"], s["type"]) for s in found["sources"]]) == (
        True,
        [(400, "image/webp"), (500, "image/webp"), (400, "image/png"), (500, "image/png")],
    )  # fmt: skip
    with committed():
        queue.work()
    found = shown(get, page)
    assert (found["pending"], [(s["width"], s["type"]) for s in found["sources"]]) == (
        False,
        [(100, "image/webp"), (200, "image/webp"), (100, "image/png"), (200, "image/png")],
    )  # fmt: skip


def test_a_format_that_cannot_be_written_is_left_out(
    committed: Committed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image_encoders, "can_encode", lambda form: form != "avif")
    with committed():
        picture = stored(picture_file())

    assert {s.type for s in images_by_id([picture.pk])[picture.pk].sources} == {
        "image/webp",
        "image/png",
    }


def test_the_number_of_queries_does_not_grow_with_the_images(
    committed: Committed, queue: Queue
) -> None:
    with committed():
        ids = [stored(picture_file()).pk for _ in range(20)]

    def cost(some: list[int]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert len(images_by_id(some)) == len(some)
        return len(captured)

    assert cost(ids) == cost(ids[:2]) == 3


def test_the_page_for_readers_makes_no_file(
    client: Client, committed: Committed, queue: Queue
) -> None:
    with committed():
        page = with_image(stored(picture_file()), slug="backs")
    assert client.get("/backs/").status_code == 200
    assert b"<picture>" not in client.get("/backs/").content
    assert Rendition.objects.count() == 0

    with committed():
        queue.work()
    html = " ".join(client.get(page.url).content.decode().split())
    picture = html.partition("<picture>")[2].partition("</picture>")[0]
    _, first, second = picture.split("<source")
    fallback = picture.partition("<img")[2]
    assert 'type="image/avif"' in first
    assert 'type="image/webp"' in second
    assert 'srcset="/media/images/' in fallback
    assert 'width="500" height="250"' in fallback
    assert 'alt="A back"' in fallback


def test_a_picture_of_the_host_without_a_document_has_its_files(
    committed: Committed,
) -> None:
    from django.template import Context, Template

    with committed():
        picture = image()
    template = "{% load health_content_tags %}{% image_files image as files %}{{ files.fallback.width }} {{ files.modern|length }}"

    assert Template(template).render(Context({"image": picture})) == "800 2"
    assert Template(template).render(Context({"image": None})) == " 0"
