"""Settings, system checks, actors and versions: what stands before any page."""

from __future__ import annotations

import dataclasses

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from wagtail.log_actions import LogContext, activate, deactivate
from wagtail.models import Page

from health_content import checks, compat
from health_content.abstract import ArticleMixin, DocumentMixin
from health_content.actors import System, actor_active, actor_user
from health_content.checks import (
    check_i18n,
    check_image_settings,
    check_page_classes,
    check_settings,
    has_mixin_first,
)
from health_content.conf import Conf, get_conf
from health_content.errors import ContentError, DisclaimerInUse, RecordIsFinal
from health_content.image_encoders import can_encode
from health_content.pages.models import ArticlePage
from tests import factories


def ids(messages: list) -> list[str]:
    return [message.id for message in messages]


# Settings


def test_settings_have_defaults(settings):
    settings.HEALTH_CONTENT = {}

    assert get_conf() == Conf()
    assert get_conf().image_widths == (400, 800, 1200)
    assert get_conf().replies_summaries() is None


def test_settings_are_read_again_when_they_change(settings):
    settings.HEALTH_CONTENT = {"PUBLISHER_NAME": "One", "IMAGE_WIDTHS": [100]}
    assert (get_conf().publisher_name, get_conf().image_widths) == ("One", (100,))

    settings.HEALTH_CONTENT = {"PUBLISHER_NAME": "Two"}
    assert get_conf().publisher_name == "Two"


def test_settings_are_cached_and_frozen(settings):
    settings.HEALTH_CONTENT = {}

    assert get_conf() is get_conf()
    with pytest.raises(dataclasses.FrozenInstanceError):
        get_conf().publisher_name = "Other"


def test_unknown_keys_are_refused_at_use_and_at_start(settings):
    settings.HEALTH_CONTENT = {"PUBLISHER": "x", "IMAGES": 1}

    with pytest.raises(
        ImproperlyConfigured, match=r"unknown keys: IMAGES, PUBLISHER\."
    ):
        get_conf()
    assert ids(check_settings()) == ["health_content.E001"]


def test_a_provider_that_cannot_be_imported_is_an_error_at_start(settings):
    settings.HEALTH_CONTENT = {"REPLIES_PROVIDER": "nowhere.at_all"}

    assert ids(check_settings()) == ["health_content.E002"]


def test_the_provider_is_imported_at_use(settings):
    settings.HEALTH_CONTENT = {"REPLIES_PROVIDER": "os.path.basename"}

    assert check_settings() == []
    assert get_conf().replies_summaries()("a/b") == "b"


@pytest.mark.parametrize(
    "conf",
    [
        {"IMAGE_WIDTHS": []},
        {"IMAGE_WIDTHS": [800, 400]},
        {"IMAGE_WIDTHS": [400, 400]},
        {"IMAGE_WIDTHS": [0, 400]},
        {"IMAGE_WIDTHS": ["400"]},
        {"IMAGE_WIDTHS": 400},
        {"IMAGE_FORMATS": "webp"},
        {"IMAGE_FORMATS": ["jpeg"]},
        {"IMAGE_PIXELS_MAX": 0},
    ],
)
def test_settings_of_images_must_make_sense(settings, conf):
    settings.HEALTH_CONTENT = conf

    assert ids(check_image_settings()) == ["health_content.E006"]


def test_a_format_that_cannot_be_written_is_said_at_start(settings, monkeypatch):
    settings.HEALTH_CONTENT = {}
    assert check_image_settings() == []

    monkeypatch.setattr(checks, "can_encode", lambda form: form != "avif")
    (warning,) = check_image_settings()
    assert (warning.id, "AVIF" in warning.msg) == ("health_content.W002", True)

    settings.HEALTH_CONTENT = {"IMAGE_FORMATS": ["webp"]}
    assert check_image_settings() == []
    settings.HEALTH_CONTENT = {"UNKNOWN": 1}  # Another check says so.
    assert check_image_settings() == []


def test_pillow_says_what_it_can_write():
    assert can_encode("webp")
    assert not can_encode("jpeg3000")


# Page classes


def test_every_page_class_of_ours_has_its_mixin_first():
    assert check_page_classes() == []


def test_a_mixin_after_the_page_is_an_error(monkeypatch):
    class Backwards(Page, ArticleMixin):
        class Meta:
            app_label = "demo"
            abstract = True

    class Alone(DocumentMixin):
        class Meta:
            app_label = "demo"
            abstract = True

    monkeypatch.setattr(apps, "get_models", lambda: [Backwards, ArticlePage])

    assert [(error.id, error.obj) for error in check_page_classes()] == [
        ("health_content.E003", Backwards)
    ]
    assert has_mixin_first(Alone)


@pytest.mark.parametrize(
    ("languages", "enabled", "expected"),
    [
        ([("en", "English")], False, []),
        ([("en", "English"), ("es", "Español")], True, []),
        ([("en", "English"), ("es", "Español")], False, ["health_content.W001"]),
    ],
)
def test_several_languages_need_translation(settings, languages, enabled, expected):
    settings.WAGTAIL_CONTENT_LANGUAGES = languages
    settings.WAGTAIL_I18N_ENABLED = enabled

    assert ids(check_i18n()) == expected


# The base page


def test_the_base_page_is_wagtails_unless_swapped():
    assert compat.page_model_name() == "wagtailcore.Page"
    assert compat.page_model() is Page


def test_every_page_links_its_parent_by_the_same_name():
    link = ArticlePage._meta.pk

    assert (link.name, link.column) == ("page_ptr", "page_ptr_id")
    assert isinstance(link, models.OneToOneField)


@pytest.mark.parametrize(("is_wagtail_8", "expected"), [(True, True), (False, None)])
def test_fields_are_writable_where_wagtail_can_write(
    monkeypatch, is_wagtail_8, expected
):
    if is_wagtail_8 and not compat.IS_WAGTAIL_8:
        pytest.skip("this Wagtail cannot write")
    monkeypatch.setattr(compat, "IS_WAGTAIL_8", is_wagtail_8)

    field = compat.api_field("body", writable=True)

    assert field.name == "body"
    assert bool(getattr(field, "writable", None)) is bool(expected)


# Actors


@pytest.mark.django_db
def test_the_actor_is_the_user_of_the_request():
    user = factories.user()
    context = LogContext(user=user)
    activate(context)
    try:
        assert actor_active("publish") == user
        assert actor_user(user) == user
    finally:
        deactivate()


def test_without_a_user_the_system_acts():
    activate(LogContext(user=AnonymousUser()))
    try:
        assert actor_active("publish") == System("publish")
    finally:
        deactivate()
    assert actor_active("import") == System("import")
    assert actor_user(System("import")) is None


# Errors


def test_errors_have_codes_of_their_own():
    codes = [error.code for error in (ContentError, DisclaimerInUse, RecordIsFinal)]

    assert codes == [
        "content.error",
        "content.disclaimer_in_use",
        "content.record_is_final",
    ]


def test_the_message_names_three_pages_at_most():
    error = DisclaimerInUse("general", ["A", "B", "C", "D"])

    assert (
        str(error)
        == "“general” is shown on 4 pages (A, B, C and others). Remove it there first."
    )


# The admin


@pytest.mark.django_db
def test_icons_and_style_sheet_reach_the_admin(client):
    client.force_login(factories.superuser())

    sprite = client.get("/admin/sprite/").content.decode()
    home = client.get("/admin/").content.decode()

    for name in (
        "approach",
        "benefit",
        "disclaimer",
        "faq",
        "mechanism",
        "references",
        "steps",
    ):
        assert f'id="icon-hp-{name}"' in sprite
    assert "health_content/admin.css" in home
