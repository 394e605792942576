"""Trees of pages in every state and relation, drawn by Hypothesis and built in the database."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from urllib.parse import urlsplit

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    Site,
)

from health_content.actors import System
from health_content.models import (
    ConflictDeclaration,
    Credential,
    OrganizationSettings,
    Withdrawal,
)
from health_content.pages.models import IndexPage
from health_content.services.withdrawals import page_withdraw, withdrawal_lift
from tests.delivery.laws.probes import Subjects
from tests.delivery.schedules import expire_soon, expire_unnoticed
from tests.factories import (
    article,
    block,
    block_id,
    clear_sections,
    condition,
    disclaimer,
    faq,
    home_page,
    index,
    item,
    language,
    menu,
    person,
    reference,
    tiny_image,
    treatment,
    user,
)

if TYPE_CHECKING:
    from collections.abc import Callable

GATE = "health_content.services.publishable.disclaimer_faults"
MAKERS = {"article": article, "faq": faq, "index": index}
PUBLIC_STATES = ("public", "draft_over_live", "moved", "lifted")
HIDDEN_STATES = (
    "never_published", "unpublished", "expired", "expired_unnoticed", "scheduled", "login", "groups", "password",
    "withdrawn", "withdrawn_private", "deleted", "off_site", "updated_live", "moved_below_private",
)  # fmt: skip
STATES = (*PUBLIC_STATES, *HIDDEN_STATES)
# What leaves its address, with everything below it: a typed address then names no page, and stays as it was typed.
LEAVING_STATES = frozenset({"moved", "moved_below_private", "deleted", "off_site"})
# An alias says what its page says. That of a page which only its own place or restriction hides is public by right.
ALIAS_STATES = frozenset(
    {
        "public",
        "draft_over_live",
        "lifted",
        "never_published",
        "unpublished",
        "withdrawn",
    }
)
# A row made live beside `save` would be published for good by the next save.
LATE_STATES = frozenset({"updated_live"})
OTHER_SITE = "other.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One page to build."""

    kind: str
    parent: int
    """Number of the page above; -1 for the home page, -2 for that of another site."""
    state: str
    links: tuple[int, ...]
    """Numbers of the pages that its texts link to."""
    is_translated: bool
    is_hidden_late: bool
    """Other pages refer to it before it gets into its state."""
    alias: str = ""
    """Where an alias of it is: `beside` it, in the `closet` that asks for a login, or nowhere."""
    has_picture: bool = False


@st.composite
def graphs(draw: Any, max_size: int = 5) -> tuple[Node, ...]:
    """Draw pages, each below the home page or below an earlier one, that link to each other in any direction."""
    size = draw(st.integers(min_value=2, max_value=max_size))
    nodes = [
        Node(
            kind=draw(st.sampled_from(tuple(MAKERS))),
            parent=draw(st.integers(min_value=-2, max_value=number - 1)),
            state=draw(st.sampled_from(STATES)),
            links=tuple(draw(st.sets(st.integers(0, size - 1), max_size=3))),
            is_translated=draw(st.booleans()),
            is_hidden_late=draw(st.booleans()),
            alias=draw(st.sampled_from(("", "beside", "closet"))),
            has_picture=draw(st.booleans()),
        )
        for number in range(size)
    ]
    return tuple(nodes)


def marker(number: int) -> str:
    """Return the word that only texts of page *number* hold while it is hidden, or that only its draft holds."""
    return f"zqmark{number}x"


class World:
    """The pages of a graph, built."""

    def __init__(self, nodes: tuple[Node, ...], committed: Callable[[], Any]) -> None:
        self.nodes = nodes
        self.committed = committed
        self.pages: list[Any] = []
        self.ids: list[int] = []
        self.paths: set[str] = {"/"}
        language("es")
        with committed():
            self.home = home_page()
            root = Page.get_first_root_node()
            self.elsewhere = root.add_child(
                instance=IndexPage(
                    title="Elsewhere", slug="elsewhere", locale=language()
                )
            )
            Site.objects.create(hostname=OTHER_SITE, port=443, root_page=self.elsewhere)
            self.elsewhere.save_revision().publish()
            self.closet = index(title="Closet", slug="closet")
            PageViewRestriction.objects.create(
                page=self.closet, restriction_type="login"
            )
            self.disclaimers = self._disclaimers()
            self.notice = disclaimer("section-notice", kind="ai")
            self.library = self._library()
            self.files = self._files()
        self._build()

    @property
    def subjects(self) -> Subjects:
        """Return what there is to ask about, by every name that ever was."""
        words = [marker(n) for n in range(len(self.nodes))]
        return Subjects(
            page_ids=(self.home.pk, self.elsewhere.pk, *self.ids),
            paths=tuple(sorted(self.paths)),
            slugs=tuple(self._slug(n) for n in range(len(self.nodes))),
            block_ids=(block_id("section"),),
            disclaimer_keys=(
                "shown",
                "draft-only",
                "draft-over-live",
                "section-notice",
            ),
            words=("other", *words),
            sites=("testserver", OTHER_SITE),
            locales=("en", "es"),
        )

    @property
    def secrets(self) -> set[str]:
        """Return the words that must be in no byte of any answer."""
        hidden = {
            "zqcloset",
            "zqdraftdisclaimer",
            "zqprivatefile",
            "zqdraftlibrary",
            "zqprivatelibrary",
        }
        for number, node in enumerate(self.nodes):
            if node.state in HIDDEN_STATES or node.state == "draft_over_live":
                hidden.add(marker(number))
        return hidden

    def is_public(self, number: int) -> bool:
        """Return whether page *number* and all above it may be seen."""
        is_public = self.nodes[number].state in PUBLIC_STATES
        return is_public and self._is_open_above(number)

    def _is_open_above(self, number: int) -> bool:
        closing = {
            "login",
            "withdrawn_private",
            "groups",
            "password",
            "moved_below_private",
            "off_site",
        }
        gone = {"deleted"}
        above = self.nodes[number].parent
        while above >= 0:
            if self.nodes[above].state in closing | gone:
                return False
            above = self.nodes[above].parent
        return True

    def _slug(self, number: int) -> str:
        """Return a secret slug for a hidden page, unless pages below it may be public: theirs is part of their path."""
        is_secret = self.nodes[number].state in HIDDEN_STATES
        has_children = any(node.parent == number for node in self.nodes)
        return (
            f"{marker(number)}-slug"
            if is_secret and not has_children
            else f"plain-{number}"
        )

    def _disclaimers(self) -> dict[str, Any]:
        secret = "<p>zqdraftdisclaimer</p>"
        over = disclaimer("draft-over-live", title="Public title")
        over.body, over.title = secret, "zqdraftdisclaimer"
        over.save_revision()
        return {
            "shown": disclaimer("shown", applies_to_all=True),
            "draft": disclaimer(
                "draft-only", live=False, title="zqdraftdisclaimer", body=secret
            ),
            "over": over,
        }

    def _library(self) -> dict[str, list[Any]]:
        """Make entries of each kind: live with a draft over them, never live, and taken back; what is private is marked."""
        secret, private = "zqdraftlibrary", "zqprivatelibrary"
        someone = user(private)
        credential = Credential(
            title="MBBS", registration_number=private, verified_by=someone, sort_order=0
        )
        over = person("Ada Public", user=someone, credentials=[credential])
        over.name = over.bio = secret
        over.conflicts = [ConflictDeclaration(text=secret, sort_order=0)]
        over.save_revision()
        trial = reference("Public trial")
        trial.csl = trial.csl | {"title": secret}
        trial.save_revision()
        gone = reference(f"{secret} gone")
        gone.unpublish()
        care = treatment("Public care", regulator_notes=private)
        care.name = secret
        care.save_revision()
        return {
            "people": [over, person(secret, live=False)],
            "references": [
                trial,
                gone,
                reference(secret, live=False, superseded_by=trial),
            ],
            "conditions": [condition("Public pain"), condition(secret, live=False)],
            "treatments": [care, treatment(f"{secret} two", live=False)],
        }

    def _govern(self, page: Any) -> None:
        """Let *page* name every entry of the library, live or not."""
        page.contributors = json.dumps(
            [
                block(
                    "contributor", {"person": p.pk, "role": "author"}, f"person-{p.pk}"
                )
                for p in self.library["people"]
            ]
        )
        page.references = json.dumps(
            [
                block("reference", {"reference": r.pk}, f"reference-{r.pk}")
                for r in self.library["references"]
            ]
        )
        page.about_conditions = self.library["conditions"]
        page.about_treatments = self.library["treatments"]

    def _files(self) -> Any:
        private = Collection.get_first_root_node().add_child(name="Private")
        CollectionViewRestriction.objects.create(
            collection=private, restriction_type="login"
        )
        return get_document_model().objects.create(
            title="zqprivatefile",
            file=ContentFile(b"x", name="zqprivatefile.txt"),
            collection=private,
        )

    def _build(self) -> None:
        for number, node in enumerate(self.nodes):
            with self.committed():
                self._make(number, node)
        for number, node in enumerate(self.nodes):
            if not node.is_hidden_late and node.state not in LATE_STATES:
                self._settle(number, node)
        # Whoever refers to a page does so by its id, whether or not anybody may see it.
        for number, node in enumerate(self.nodes):
            with self.committed(), patch(GATE, return_value={}):
                self._refer(number, node)
                self._alias(number, node)
        with self.committed():
            links = [block("page", {"page": pk}, f"menu-{pk}") for pk in self.ids]
            menu("main", *links)
            self._publisher()
        for number, node in enumerate(self.nodes):
            if node.is_hidden_late or node.state in LATE_STATES:
                self._settle(number, node)

    def _make(self, number: int, node: Node) -> None:
        word = _word(number, node)
        homes = {-1: self.home, -2: self.elsewhere}
        parent = homes.get(node.parent) or self.pages[node.parent]
        parent.refresh_from_db()
        is_live = node.state not in {"never_published", "updated_live"}
        page = MAKERS[node.kind](
            parent,
            live=is_live,
            title=f"{word} title",
            slug=self._slug(number),
            summary=f"{word} summary",
            introduction=f"<p>{word} introduction</p>",
        )
        self.pages.append(page)
        self.ids.append(page.pk)
        self.paths.add(_path(page))

    def _refer(self, number: int, node: Node) -> None:
        page = Page.objects.filter(pk=self.ids[number]).first()
        Redirect.objects.get_or_create(
            old_path=f"/to-{number}",
            defaults={"redirect_page_id": page.pk if page else None},
        )
        Redirect.objects.get_or_create(
            old_path=f"/path-{number}",
            defaults={"redirect_link": f"/{self._slug(number)}/?a=b"},
        )
        self.paths |= {f"/to-{number}/", f"/path-{number}/"}
        if page is None:
            return
        page = page.specific
        links = "".join(
            f'<p>See <a linktype="page" id="{self.ids[target]}">the other</a>.</p>'
            for target in node.links
        )
        links += "".join(map(self._typed_link, node.links))
        links += f'<p><a linktype="document" id="{self.files.pk}">a file</a></p>'
        page.introduction += links
        if hasattr(page, "body"):
            body = self._body(links, number, node)
            page.body = json.dumps([*body, *self._picture(number)])
        if hasattr(page, "section_disclaimers"):
            # The pages below say where it comes from, if everybody may know.
            chosen = (self.notice, self.disclaimers["draft"])
            page.section_disclaimers = json.dumps(
                [block("disclaimer", {"disclaimer": d.pk}, d.key) for d in chosen]
            )
        if hasattr(page, "disclaimers"):
            page.disclaimers = json.dumps(
                [
                    block("disclaimer", {"disclaimer": d.pk, "placement": "start"}, k)
                    for k, d in self.disclaimers.items()
                ]
            )
            self._govern(page)
        page.save()
        if hasattr(page, "body") and page.document_type == "article":
            clear_sections(page)
        # Wagtail copies the pages above as live aliases, which would be public by right.
        if node.is_translated and node.parent == -1 and node.state != "off_site":
            self._translate(number, page)

    def _typed_link(self, target: int) -> str:
        """Return a link to a page that nobody chose: somebody typed its address."""
        number, states = target, []
        while number >= 0:
            states.append(self.nodes[number].state)
            number = self.nodes[number].parent
        page = Page.objects.filter(pk=self.ids[target]).first()
        if page is None or LEAVING_STATES & set(states):
            return ""
        # As a browser reads them, and by no host: one address.
        odd = _path(page).replace("/", "/.//", 1).replace("/", "\\", 2)
        return (
            f'<p>Or <a href="{page.full_url}?from=text#top">its address</a>.</p>'
            f'<p>Or <a href="{odd}">the same</a>.</p>'
        )

    def _plain_addresses(self, target: int) -> list[dict[str, Any]]:
        """Return blocks with the address of page *target* in a field of its own."""
        found = re.search(r'href="([^"?]*)', self._typed_link(target))
        if found is None:
            return []
        quoted = {"text": "Q", "source_url": found[1]}
        listed = {"items": [item({"title": "T", "url": found[1]}, f"source-{target}")]}
        return [
            block("quote", quoted, f"quote-{target}"),
            block("references", listed, f"references-{target}"),
        ]

    def _publisher(self) -> None:
        """Let the addresses that every document has be those of a hidden page, if there is any."""
        hidden = [n for n, node in enumerate(self.nodes) if node.state in HIDDEN_STATES]
        found = [re.search(r'href="([^"?]*)', self._typed_link(n)) for n in hidden]
        for address in [each[1] for each in found if each][-1:]:
            OrganizationSettings.objects.create(
                site=Site.objects.get(is_default_site=True),
                publisher_url=address,
                publishing_principles_url=address,
                corrections_policy_url=address,
            )

    def _body(self, links: str, number: int, node: Node) -> list[dict[str, Any]]:
        word = marker(number) if node.state in HIDDEN_STATES else f"plain{number}"
        answered = {"question": "Q", "answer": f"<p>{word} answer</p>{links}"}
        questions = block("faq", {"items": [item(answered, "q")]}, "inner")
        pages = [item(self.ids[target], f"r{target}") for target in node.links]
        inner = [
            block("rich_text", links),
            questions,
            block("related", {"heading": "Related", "pages": pages}),
            *(each for n in node.links for each in self._plain_addresses(n)),
            *(
                block("faq_ref", {"page": page["value"], "question": "Q"}, page["id"])
                for page in pages
            ),
        ]
        section = {
            "heading": "S",
            "level": "2",
            "standalone_safe": True,
            "blocks": inner,
        }
        return [
            block("section", section),
            questions,  # A page of questions has no sections.
            block("callout", {"tone": "info", "body": links}),
        ]

    def _picture(self, number: int, *, word: str = "") -> list[dict[str, Any]]:
        """Return a block with a picture of which every name has the word of page *number*, if the page has one."""
        if not self.nodes[number].has_picture:
            return []
        word = word or _word(number, self.nodes[number])
        shown = {"image": tiny_image(word).pk, "alt_text": f"{word} alt"}
        return [block("image", {"image": shown, "caption": word}, f"picture-{number}")]

    def _alias(self, number: int, node: Node) -> None:
        """Make the alias of page *number*; its own slug is a secret where nobody may see it."""
        page = Page.objects.filter(pk=self.ids[number]).first()
        if page is None or not node.alias or node.state not in ALIAS_STATES:
            return
        is_closed = node.alias == "closet"
        if not (is_closed or self._is_open_above(number)):
            return
        parent = Page.objects.get(pk=self.closet.pk if is_closed else self.home.pk)
        slug = f"{'zqcloset' if is_closed else 'alias'}-{number}"
        made = page.specific.create_alias(parent=parent, update_slug=slug)
        self.ids.append(made.pk)
        self.paths.add(_path(made))

    def _translate(self, number: int, page: Any) -> None:
        spanish = language("es")
        if not self.home.has_translation(spanish):
            self.home.copy_for_translation(spanish).save_revision().publish()
        if page.has_translation(spanish):  # As the parent of a page translated before.
            return
        copied = page.copy_for_translation(spanish, copy_parents=True)
        self.ids.append(copied.pk)
        if self.is_public(number):
            copied.save_revision().publish()
            self.paths.add(_path(copied))

    def _settle(self, number: int, node: Node) -> None:
        """Bring page *number* into its state."""
        page = Page.objects.filter(pk=self.ids[number]).first()
        if page is None:
            return
        with self.committed(), patch(GATE, return_value={}):
            SETTLE.get(node.state, _nothing)(page.specific, number, self)


def _word(number: int, node: Node) -> str:
    return marker(number) if node.state in HIDDEN_STATES else f"plain{number}"


def _path(page: Any) -> str:
    """Return the path of *page* on its site."""
    return urlsplit(page.get_url() or "/").path


def _nothing(_page: Any, _number: int, _world: World) -> None:
    """Leave the page as it was made."""


def _draft_over_live(page: Any, number: int, world: World) -> None:
    if hasattr(page, "body"):
        page.body = json.dumps(world._picture(number, word=marker(number)))
    page.title = page.introduction = page.summary = f"{marker(number)} draft"
    page.slug = f"{marker(number)}-draft"
    page.save_revision()


def _moved(page: Any, _number: int, world: World) -> None:
    target = index(world.home, title="Shelf", slug=f"shelf-{page.pk}")
    page.move(target, pos="last-child")
    page.refresh_from_db()
    world.paths.add(_path(page))


def _lifted(page: Any, number: int, world: World) -> None:
    _withdrawn(page, number, world)
    for withdrawal in Withdrawal.objects.filter(page_id=page.pk):
        withdrawal_lift(withdrawal, actor=System("test"))
    page.refresh_from_db()
    page.save_revision().publish()


def _expired(page: Any, _number: int, _world: World) -> None:
    page.unpublish(set_expired=True)


def _expired_unnoticed(page: Any, _number: int, world: World) -> None:
    with world.committed():
        expires_at = expire_soon(page)
    expire_unnoticed(expires_at)


def _scheduled(page: Any, _number: int, _world: World) -> None:
    page.unpublish()
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()


def _restricted(kind: str) -> Any:
    def settle(page: Any, number: int, _world: World) -> None:
        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type=kind, password="x"
        )
        if kind == "groups":
            group = Group.objects.create(name=f"Staff {number}")
            restriction.groups.add(group)

    return settle


def _withdrawn(page: Any, _number: int, _world: World) -> None:
    if hasattr(page, "disclaimers"):  # An index page cannot be withdrawn.
        page_withdraw(
            page, actor=System("test"), reason="It is wrong.", severity="high"
        )
    else:
        page.unpublish()


def _withdrawn_private(page: Any, number: int, world: World) -> None:
    _restricted("login")(page, number, world)
    if hasattr(page, "disclaimers"):
        reason = f"{marker(number)} reason"
        page_withdraw(page, actor=System("test"), reason=reason, severity="high")


def _off_site(page: Any, _number: int, _world: World) -> None:
    page.move(Page.get_first_root_node(), pos="last-child")


def _updated_live(page: Any, _number: int, _world: World) -> None:
    Page.objects.filter(pk=page.pk).update(live=True)


def _moved_below_private(page: Any, _number: int, world: World) -> None:
    world.closet.refresh_from_db()
    page.move(world.closet, pos="last-child")


SETTLE: dict[str, Callable[[Any, int, World], None]] = {
    "draft_over_live": _draft_over_live,
    "moved": _moved,
    "lifted": _lifted,
    "unpublished": lambda page, _number, _world: page.unpublish(),
    "expired": _expired,
    "expired_unnoticed": _expired_unnoticed,
    "scheduled": _scheduled,
    "login": _restricted("login"),
    "groups": _restricted("groups"),
    "password": _restricted("password"),
    "withdrawn": _withdrawn,
    "deleted": lambda page, _number, _world: page.delete(),
    "withdrawn_private": _withdrawn_private,
    "off_site": _off_site,
    "updated_live": _updated_live,
    "moved_below_private": _moved_below_private,
}
