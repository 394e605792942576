"""What becomes private is gone before it is private: no worker, no callback and no transaction is needed for that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db.models import Model
from treebeard.mp_tree import MP_MoveHandler
from wagtail.models import Page, PageViewRestriction, Site

from health_content.delivery import receivers
from health_content.delivery.models import PublishedDocument, PublishedNavigation
from tests.factories import article, home_page, index, menu, menu_page

if TYPE_CHECKING:
    from collections.abc import Callable

    Get = Callable[..., Any]
    Committed = Callable[[], Any]

pytestmark = pytest.mark.django_db


def stored(*pages: Any) -> int:
    """Return how many of *pages* have a document."""
    return PublishedDocument.objects.filter(pk__in=[page.pk for page in pages]).count()


@pytest.fixture
def tree(committed: Committed) -> tuple[Any, ...]:
    """Return a section and two pages below it, all public."""
    with committed():
        section = index(slug="section")
        return section, article(section), article(section)


@pytest.fixture
def private(committed: Committed) -> Any:
    """Return a section behind a login."""
    with committed():
        section = index(slug="private")
        PageViewRestriction.objects.create(page=section, restriction_type="login")
    return section


@pytest.fixture
def at_the_move(monkeypatch: pytest.MonkeyPatch, tree: tuple[Any, ...]) -> list[int]:
    """Return a list that gets how many documents of the tree there are when pages begin to move."""
    seen: list[int] = []
    move = MP_MoveHandler.process

    def process(handler: MP_MoveHandler) -> None:
        seen.append(stored(*tree))
        move(handler)

    monkeypatch.setattr(MP_MoveHandler, "process", process)
    return seen


def test_what_moves_below_a_restriction_is_hidden_before_it_moves(
    tree: tuple[Any, ...], private: Any, at_the_move: list[int]
) -> None:
    assert stored(*tree) == 3

    tree[0].move(private, pos="last-child")

    assert (at_the_move, stored(*tree)) == ([0], 0)


def test_what_moves_off_every_site_is_hidden_before_it_moves(
    tree: tuple[Any, ...], at_the_move: list[int]
) -> None:
    tree[0].move(Page.get_first_root_node(), pos="last-child")

    assert (at_the_move, stored(*tree)) == ([0], 0)


def test_what_is_rebuilt_while_it_moves_is_hidden_again(
    tree: tuple[Any, ...], private: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden: list[str] = []
    before = tree[0].path
    monkeypatch.setattr(receivers, "documents_hide", hidden.append)

    tree[0].move(private, pos="last-child")

    assert hidden == [before, Page.objects.get(pk=tree[0].pk).path]


def test_what_moves_to_another_public_place_stays(
    tree: tuple[Any, ...], committed: Committed
) -> None:
    with committed():
        other = index(slug="other")

    tree[0].move(other, pos="last-child")

    assert stored(*tree) == 3


def test_a_root_page_moves_among_root_pages_and_its_site_stays(
    tree: tuple[Any, ...],
) -> None:
    root = Page.get_first_root_node()
    last = root.add_child(instance=Page(title="Another", slug="another"))

    home_page().move(last, pos="right")

    assert stored(*tree) == 3
    assert Site.objects.get(is_default_site=True).root_page.pk == home_page().pk


@pytest.fixture
def at_the_restriction(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, bool]]:
    """Return a list that gets, whenever a restriction is written, how many documents and fresh menus there are."""
    seen: list[tuple[int, bool]] = []
    save = Model._save_table

    def save_table(self: Any, *options: Any) -> Any:
        fresh = PublishedNavigation.objects.filter(is_stale=False).exists()
        seen.append((PublishedDocument.objects.exclude(slug="start").count(), fresh))
        return save(self, *options)

    monkeypatch.setattr(PageViewRestriction, "_save_table", save_table)
    return seen


def test_what_is_restricted_is_hidden_before_the_restriction_is_there(
    tree: tuple[Any, ...],
    committed: Committed,
    at_the_restriction: list[tuple[int, bool]],
) -> None:
    with committed():
        menu("main", menu_page(tree[0]))

    PageViewRestriction.objects.create(page=tree[0], restriction_type="login")

    assert at_the_restriction == [(0, False)]
    assert stored(*tree) == 0


def test_a_restriction_that_becomes_another_hides_and_one_that_ends_shows(
    get: Get, tree: tuple[Any, ...], committed: Committed
) -> None:
    section, page, _other = tree
    with committed():
        restriction = PageViewRestriction.objects.create(
            page=section, restriction_type="login"
        )
    with committed():
        restriction.restriction_type, restriction.password = "password", "x"
        restriction.save()
    answer = get(f"articles/{page.pk}/")
    assert (answer.status_code, stored(*tree)) == (404, 0)

    with committed():
        restriction.delete()

    assert (get(f"articles/{page.pk}/").status_code, stored(*tree)) == (200, 3)


def test_a_restriction_of_a_fixture_is_left_to_a_rebuild(
    tree: tuple[Any, ...], committed: Committed
) -> None:
    """Its page may come after it."""
    with committed():
        unknown = PageViewRestriction(page_id=999_999, restriction_type="login")
        unknown.save_base(raw=True)
    PageViewRestriction.objects.all().delete()

    assert stored(*tree) == 3
