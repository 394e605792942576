"""The drawings, disclaimers and topics that the demonstration's pages use."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.files.images import ImageFile as DjangoImageFile
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Locale

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import Model

    from .content import DisclaimerText, ImageFile, TopicText


def images_ensure(files: Iterable[ImageFile]) -> dict[str, int]:
    """Return the ids of the drawings by key; a drawing that is in the library under its title is left alone."""
    return {file.key: _image(file).pk for file in files}


def disclaimers_ensure(
    texts: Iterable[DisclaimerText], *, user: AbstractBaseUser
) -> dict[tuple[str, str], int]:
    """Return the ids of the disclaimers by (locale, key), made and published where they are missing."""
    ids: dict[tuple[str, str], int] = {}
    translation_keys: dict[str, object] = {}
    for text in texts:
        snippet = _disclaimer(text, translation_keys.get(text.key), user=user)
        translation_keys.setdefault(text.key, snippet.translation_key)  # type: ignore[attr-defined]
        ids[text.locale, text.key] = snippet.pk
    return ids


def topics_ensure(
    texts: Iterable[TopicText], *, disclaimers: Mapping[tuple[str, str], int]
) -> dict[tuple[str, str], int]:
    """Return the ids of the topics by (locale, key), made where they are missing; the wider come before the narrower."""
    ids: dict[tuple[str, str], int] = {}
    translation_keys: dict[str, object] = {}
    for text in texts:
        parent_id = ids[text.locale, text.parent] if text.parent else None
        chosen = [disclaimers[text.locale, key] for key in text.disclaimers]
        topic = _topic(
            text,
            translation_keys.get(text.key),
            parent_id=parent_id,
            disclaimers=chosen,
        )
        translation_keys.setdefault(text.key, topic.translation_key)  # type: ignore[attr-defined]
        ids[text.locale, text.key] = topic.pk
    return ids


def _image(file: ImageFile) -> Model:
    model = get_image_model()
    image: Model | None = model.objects.filter(title=file.title).first()
    if image is not None:
        return image
    with file.path.open("rb") as stream:
        upload = DjangoImageFile(stream, name=file.file)
        created: Model = model.objects.create(
            title=file.title, description=file.alt, file=upload
        )
    return created


@transaction.atomic
def _disclaimer(
    text: DisclaimerText, translation_key: object, *, user: AbstractBaseUser
) -> Model:
    model = apps.get_model("health_content", "DisclaimerSnippet")
    locale = Locale.objects.get(language_code=text.locale)
    found: Model | None = model.objects.filter(key=text.key, locale=locale).first()
    if found is not None:
        return found
    extra = {"translation_key": translation_key} if translation_key else {}
    snippet: Model = model.objects.create(
        key=text.key,
        locale=locale,
        kind=text.kind,
        title=text.title,
        placement=text.placement,
        applies_to_all=text.applies_to_all,
        body=text.body,
        live=False,
        **extra,
    )
    snippet.save_revision(user=user).publish(user=user)  # type: ignore[attr-defined]
    return snippet


def _topic(
    text: TopicText,
    translation_key: object,
    *,
    parent_id: int | None,
    disclaimers: Iterable[int],
) -> Model:
    model = apps.get_model("health_content", "Topic")
    locale = Locale.objects.get(language_code=text.locale)
    found: Model | None = model.objects.filter(slug=text.slug, locale=locale).first()
    if found is not None:
        return found
    extra = {"translation_key": translation_key} if translation_key else {}
    topic: Model = model.objects.create(
        slug=text.slug,
        locale=locale,
        name=text.name,
        description=text.description,
        parent_id=parent_id,
        disclaimers=json.dumps(
            [
                {
                    "type": "disclaimer",
                    "value": {"disclaimer": pk, "placement": "start"},
                }
                for pk in disclaimers
            ]
        ),
        **extra,
    )
    return topic
