"""LeanStreamField: migrations record the shape of the data, and nothing else."""

from __future__ import annotations

import json

import pytest
from django.db import connection, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter
from wagtail import blocks
from wagtail.fields import StreamField

from health_content.blocks import BodyBlock, FAQBodyBlock, PageDisclaimersBlock
from health_content.fields import LeanStreamField
from health_content.pages.models import ArticlePage
from tests import factories


class PlainItem(blocks.StructBlock):
    title = blocks.CharBlock(required=False)
    body = blocks.RichTextBlock()


class PolishedItem(blocks.StructBlock):
    body = blocks.RichTextBlock(
        features=["bold"], help_text="Say it plainly.", label="Text"
    )
    title = blocks.CharBlock(
        required=False, label="Title", icon="title", search_index=False
    )

    class Meta:
        form_layout = blocks.BlockGroup(children=["title", "body"])


class OwnList(blocks.ListBlock):
    """A ListBlock subclass, whose path Wagtail would freeze."""


def not_a_path(value: str) -> None:
    """Stand in for a validator of ours."""


def plain() -> LeanStreamField:
    return LeanStreamField(
        [
            ("list", blocks.ListBlock(PlainItem())),
            ("tone", blocks.ChoiceBlock(choices=[("a", "A"), ("b", "B")])),
            ("word", blocks.CharBlock()),
        ]
    )


def polished() -> LeanStreamField:
    return LeanStreamField(
        [
            (
                "word",
                blocks.CharBlock(
                    validators=[not_a_path], preview_value="Hello", group="Text"
                ),
            ),
            (
                "tone",
                blocks.ChoiceBlock(
                    choices=[("Letters", [("a", "Ah"), ("b", "Be")])], label="Tone"
                ),
            ),
            (
                "list",
                OwnList(PolishedItem(), collapsed=True, form_classname="numbered"),
            ),
        ],
        help_text="Other help.",
        verbose_name="text",
    )


def changes(before: models.Field, after: models.Field) -> dict:
    """Return what `makemigrations` would write when one field becomes the other."""

    def state(field: models.Field) -> ProjectState:
        project = ProjectState()
        key = ("id", models.BigAutoField(primary_key=True))
        project.add_model(ModelState("demo", "Thing", [key, ("body", field.clone())]))
        return project

    return MigrationAutodetector(state(before), state(after))._detect_changes()


def test_presentation_and_order_make_no_migration():
    assert changes(plain(), polished()) == {}


def test_the_same_change_migrates_a_plain_stream_field():
    """The guard above can fail: Wagtail's own field does write a migration."""
    before = StreamField(plain().stream_block)
    after = StreamField(polished().stream_block)

    assert list(changes(before, after)) == ["demo"]


@pytest.mark.parametrize(
    "after",
    [
        LeanStreamField([("word", blocks.CharBlock())]),
        LeanStreamField(
            [
                ("term", blocks.CharBlock()),
                *list(plain().stream_block.child_blocks.items())[:2],
            ]
        ),
        LeanStreamField(
            [
                ("word", blocks.IntegerBlock()),
                *list(plain().stream_block.child_blocks.items())[:2],
            ]
        ),
    ],
    ids=["removed", "renamed", "other kind"],
)
def test_another_shape_makes_a_migration(after):
    assert list(changes(plain(), after)) == ["demo"]


def test_a_renamed_child_deep_inside_makes_a_migration():
    class Renamed(blocks.StructBlock):
        name = blocks.CharBlock(required=False)
        body = blocks.RichTextBlock()

    before = LeanStreamField([("list", blocks.ListBlock(PlainItem()))])
    after = LeanStreamField([("list", blocks.ListBlock(Renamed()))])

    assert list(changes(before, after)) == ["demo"]


@pytest.mark.parametrize("block_class", [BodyBlock, FAQBodyBlock, PageDisclaimersBlock])
def test_only_wagtail_paths_enter_a_migration(block_class):
    _name, path, _args, kwargs = LeanStreamField(block_class()).deconstruct()
    paths = {definition[0] for definition in kwargs["block_lookup"].values()}

    assert path == "wagtail.fields.StreamField"
    assert {path for path in paths if not path.startswith("wagtail.")} == set()


def test_a_migration_text_names_no_module_of_ours():
    text, imports = MigrationWriter.serialize(polished())

    assert "tests." not in text
    assert imports == {"import wagtail.fields"}


def test_a_block_without_a_wagtail_base_is_refused():
    class Stray:
        def deconstruct(self):
            return "tests.content.test_fields.not_a_path", (), {}

        deconstruct_with_lookup = None

    field = plain()
    field.stream_block.child_blocks["word"].deconstruct = lambda: (
        "builtins.dict",
        (),
        {},
    )
    field.stream_block.child_blocks["word"].deconstruct_with_lookup = lambda _lookup: (
        "builtins.dict",
        (),
        {},
    )

    with pytest.raises(TypeError, match="has no Wagtail base block"):
        field.deconstruct()


def test_a_historical_model_saves_every_value_unchanged(home):
    body = [
        factories.block(
            "section",
            {
                "heading": "How it works",
                "level": "2",
                "blocks": [
                    factories.block(
                        "mechanism_list",
                        {
                            "heading": "",
                            "introduction": "",
                            "items": [
                                factories.item(
                                    {"title": "One", "body": "<p>First</p>"}, "m1"
                                )
                            ],
                            "start": 3,
                        },
                    )
                ],
            },
        ),
        factories.block(
            "callout", {"tone": "emergency", "title": "Call", "body": "<p>Now</p>"}
        ),
        factories.block(
            "table",
            {
                "caption": "Minutes",
                "table": {
                    "columns": [{"type": "number", "heading": "Minutes"}],
                    "rows": [{"values": [1.5]}],
                    "caption": "",
                },
                "row_headings": False,
                "notes": "",
            },
        ),
    ]
    page = factories.article(live=False, body=body)
    stored = raw_body(page.pk)
    executor = MigrationExecutor(connection)
    historical = executor.loader.project_state().apps.get_model(
        "health_pages", "ArticlePage"
    )

    old = historical.objects.get(pk=page.pk)
    assert len(old.body) == 3
    old.save()

    assert raw_body(page.pk) == stored
    assert (
        ArticlePage.objects.get(pk=page.pk).body[0].value["blocks"][0].value["start"]
        == 3
    )


def raw_body(pk: int) -> list:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body FROM health_pages_articlepage WHERE page_ptr_id = %s", [pk]
        )
        value = cursor.fetchone()[0]
    return json.loads(value) if isinstance(value, str) else value


def test_migrations_name_no_wagtail_newer_than_the_lowest_supported():
    loader = MigrationLoader(None)
    newest = {
        name
        for (app, _), migration in loader.disk_migrations.items()
        if app in {"health_content", "health_pages"}
        for dependency_app, name in migration.dependencies
        if dependency_app == "wagtailcore" and name[:4].isdigit()
    }

    assert newest == {"0097_baselogentry_uuid_action_timestamp_indexes"}
