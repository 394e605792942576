"""The fictional users of the demonstration and the groups that give them their rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import swapper
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission
from wagtail.users.models import UserProfile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import QuerySet

    from .content import Person

GROUPS = {
    "editor": "Health editors (demo)",
    "moderator": "Reply moderators (demo)",
    "reviewer": "Medical reviewers (demo)",
}

SNIPPETS = (
    "disclaimersnippet", "topic", "menu", "personprofile", "reference", "condition", "treatment",
)  # fmt: skip
"""What editors keep. How strict the gate is, and what may be claimed, is for those who may override it."""


def people_ensure(people: Iterable[Person]) -> dict[str, AbstractBaseUser]:
    """Return the users by role, made where they are missing; an existing user keeps their password."""
    User = get_user_model()  # noqa: N806 - a class
    users: dict[str, AbstractBaseUser] = {}
    for person in people:
        user = User.objects.filter(username=person.username).first()
        users[person.role] = user or _user_create(person)
    return users


def groups_ensure() -> None:
    """Make the groups, with what editors, moderators of replies and medical reviewers need and nothing more."""
    editors, is_new = Group.objects.get_or_create(name=GROUPS["editor"])
    if is_new:
        editors.permissions.add(_permission("wagtailadmin", "access_admin"))
        editors.permissions.add(*_snippet_permissions())
        _grant_pages(editors)
        _grant_files(editors)
    moderators, is_new = Group.objects.get_or_create(name=GROUPS["moderator"])
    if is_new:
        moderators.permissions.add(_permission("wagtailadmin", "access_admin"))
        moderators.permissions.add(_permission("health_comments", "moderate_reply"))
    reviewers, is_new = Group.objects.get_or_create(name=GROUPS["reviewer"])
    if is_new:
        reviewers.permissions.add(_permission("wagtailadmin", "access_admin"))
        reviewers.permissions.add(_permission("health_content", "review_medically"))


@transaction.atomic
def _user_create(person: Person) -> AbstractBaseUser:
    is_admin = person.role == "administrator"
    user = get_user_model().objects.create_user(
        username=person.username,
        email=person.email,
        password=person.password,
        first_name=person.first_name,
        last_name=person.last_name,
        is_staff=is_admin,
        is_superuser=is_admin,
    )
    if not is_admin:
        user.groups.add(Group.objects.get(name=GROUPS[person.role]))
    # Nobody reads the mail of fictional people; in development it would fill the terminal.
    UserProfile.objects.create(
        user=user,
        submitted_notifications=False,
        approved_notifications=False,
        rejected_notifications=False,
    )
    return user


def _permission(app_label: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def _snippet_permissions() -> QuerySet[Permission]:
    """Return every right on what pages and front ends may show, but deleting it."""
    return Permission.objects.filter(
        content_type__app_label="health_content", content_type__model__in=SNIPPETS
    ).exclude(codename__startswith="delete")


def _grant_pages(group: Group) -> None:
    """Let the group add, change, publish and lock pages anywhere in the tree."""
    model = swapper.load_model("wagtailcore", "Page")
    wanted = Permission.objects.filter(
        content_type=ContentType.objects.get_for_model(model),
        codename__regex=r"^(add|change|publish|lock|unlock)_",
    )
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(
            group=group, page=model.get_first_root_node(), permission=permission
        )
        for permission in wanted
    )


def _grant_files(group: Group) -> None:
    """Let the group add, change and choose images and documents."""
    root = Collection.get_first_root_node()
    wanted = Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"),
        content_type__model__in=("image", "document"),
        codename__regex=r"^(add|change|choose)_",
    )
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=root, permission=permission)
        for permission in wanted
    )
