"""The quick reader reads what the standard parser reads, or leaves it to that."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.document_facts import Resources
from health_content.document_html import expand_html
from health_content.markup import _read_strictly, read_markup

Event = tuple[str, str, object]


class Recorder(HTMLParser):
    """Writes down what it is given; texts that follow each other are one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[Event] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.events.append(("start", tag, attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.events.append(("empty", tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.events.append(("end", tag, None))

    def handle_data(self, data: str) -> None:
        if self.events and self.events[-1][0] == "text":
            data = self.events.pop()[1] + data
        self.events.append(("text", data, None))

    def unknown_decl(self, data: str) -> None:
        self.events.append(("unknown", data, None))


def by_parser(html: str) -> list[Event]:
    recorder = Recorder()
    recorder.feed(html)
    recorder.close()
    return recorder.events


def quickly(html: str) -> list[Event]:
    recorder = Recorder()
    read_markup(html, recorder)
    return recorder.events


NAMES = st.sampled_from(["p", "a", "b", "h3", "br", "embed", "script", "title", "x1"])
VALUES = st.text(st.sampled_from("ab <>'\"&;#1=/é\n"), max_size=8)
ENTITIES = st.sampled_from(["&amp;", "&lt;", "&quot;", "&copy", "&notit;", "&#x27;"])
ATTRIBUTES = st.builds(
    '{}{}="{}{}"'.format,
    st.sampled_from([" ", "  ", "\n", ""]),
    st.sampled_from(["id", "href", "data-x", "ID"]),
    VALUES,
    st.just("") | ENTITIES,
)
TAGS = st.builds(
    "<{}{}{}{}>".format,
    st.sampled_from(["", "", "/"]),
    NAMES,
    st.lists(ATTRIBUTES, max_size=2).map("".join),
    st.sampled_from(["", "", "/", " /"]),
)
HTML = st.lists(TAGS | VALUES | ENTITIES, max_size=8).map("".join)


@given(HTML)
def test_both_read_the_same(html: str) -> None:
    assert quickly(html) == by_parser(html)


@given(HTML)
def test_what_we_write_is_read_quickly(html: str) -> None:
    assert _read_strictly(expand_html(html, Resources()), Recorder())


@pytest.mark.parametrize(
    "html",
    [
        '<p data-block-key="a1b2c">Hello <b>you</b> &amp; me</p>',
        '<a linktype="page" id="3">x</a><br/><hr />',
        '<embed embedtype="image" id="7" alt="A &quot;b&quot; &#x27;c&#39;" format="left"/>',
        "",
    ],
)
def test_what_wagtail_stores_is_read_quickly(html: str) -> None:
    assert _read_strictly(html, Recorder())
    assert quickly(html) == by_parser(html)


@pytest.mark.parametrize(
    "html",
    [
        "<P>x</P>", "<a href='x'>", "<a href=x>", "<a  id=\"1\">", "a < b", "<!-- x -->", "</p id=\"1\">", "<p", "</p/>",
        '<a href="?a&copy=1">',
    ],
)  # fmt: skip
def test_everything_else_is_left_to_the_parser(html: str) -> None:
    assert not _read_strictly(html, Recorder())
    assert quickly(html) == by_parser(html)


def test_elements_with_rules_of_their_own_are_left_to_the_parser() -> None:
    html = "<script>a <b>c</b></script>"

    assert quickly(html) == by_parser(html)
