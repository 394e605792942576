"""Bodies by a grammar: what is not declared is refused, and the grammar is what the documentation shows."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from openapi_schema_validator import OAS31Validator

from health_content.delivery.api import body
from health_content.delivery.api.body import Field
from health_content.delivery.api.problems import Problem

FIELDS = (
    Field(name="name", description="A name.", kind=body.text(10), is_required=True),
    Field(name="slug", description="A slug.", kind=body.text(5, pattern="[a-z]+")),
    Field(name="size", description="A size.", kind=body.integer(1, 9)),
    Field(name="is_on", description="A switch.", kind=body.boolean()),
    Field(name="color", description="A color.", kind=body.choice(("red", "blue"))),
    Field(
        name="sizes",
        description="Sizes.",
        kind=body.list_of(body.integer(1, 9), max_items=3),
    ),
    Field(name="note", description="A note.", kind=body.nullable(body.text(10))),
)

ITEM = body.record_of(
    (
        Field(name="id", description="An id.", kind=body.text(5), is_required=True),
        Field(name="size", description="A size.", kind=body.integer(1, 9)),
    )
)
ITEMS = (
    Field(
        name="items",
        description="Items.",
        kind=body.list_of(ITEM, max_items=3, are_unique=False),
    ),
    Field(name="item", description="An item.", kind=ITEM),
)


def refusal(content: bytes, fields: Any = FIELDS) -> Problem:
    with pytest.raises(Problem) as refused:
        body.parse_body(content, fields)
    return refused.value


def faults(value: Any, fields: Any = FIELDS) -> list[tuple[str, str]]:
    problem = refusal(json.dumps(value).encode(), fields)
    assert (problem.status, problem.code) == (400, "invalid-request")
    assert {error.location for error in problem.errors} == {"body"}
    return [(error.pointer, error.code) for error in problem.errors]


def test_values_are_read_by_their_kinds() -> None:
    given_values = {
        "name": "N", "slug": "abc", "size": 9, "is_on": False, "color": "red", "sizes": [1, 2], "note": None,
    }  # fmt: skip

    read = body.parse_body(json.dumps(given_values).encode(), FIELDS)

    assert read == given_values | {"sizes": (1, 2)}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({}, [("#/name", "missing-field")]),
        ({"name": 1}, [("#/name", "invalid-value")]),
        ({"name": ""}, [("#/name", "invalid-value")]),
        ({"name": "x" * 11}, [("#/name", "invalid-value")]),
        ({"name": None}, [("#/name", "invalid-value")]),
        ({"name": "N", "nmae": "N"}, [("#/nmae", "unknown-field")]),
        ({"name": "N", "a/b~c d": 1}, [("#/a~1b~0c%20d", "unknown-field")]),
        ({"name": "N", "slug": "A"}, [("#/slug", "invalid-value")]),
        ({"name": "N", "slug": "ab\n"}, [("#/slug", "invalid-value")]),
        ({"name": "N", "size": True}, [("#/size", "invalid-value")]),
        ({"name": "N", "size": 1.5}, [("#/size", "invalid-value")]),
        ({"name": "N", "size": "1"}, [("#/size", "invalid-value")]),
        ({"name": "N", "size": 10**30}, [("#/size", "invalid-value")]),
        ({"name": "N", "is_on": 1}, [("#/is_on", "invalid-value")]),
        ({"name": "N", "is_on": "true"}, [("#/is_on", "invalid-value")]),
        ({"name": "N", "color": "green"}, [("#/color", "invalid-value")]),
        ({"name": "N", "color": ["red"]}, [("#/color", "invalid-value")]),
        ({"name": "N", "sizes": 1}, [("#/sizes", "invalid-value")]),
        ({"name": "N", "sizes": [1, 2, 3, 4]}, [("#/sizes", "invalid-value")]),
        ({"name": "N", "sizes": [1, 0]}, [("#/sizes/1", "invalid-value")]),
        ({"name": "N", "sizes": [1, 1]}, [("#/sizes/1", "invalid-value")]),
        ({"name": "N", "note": 1}, [("#/note", "invalid-value")]),
        ({"size": 0, "x": 1}, [("#/size", "invalid-value"), ("#/x", "unknown-field"), ("#/name", "missing-field")]),
        ([], [("#", "invalid-json")]),
        ("name", [("#", "invalid-json")]),
        (None, [("#", "invalid-json")]),
        ({"name": "a\x00b"}, [("#", "invalid-encoding")]),
        ({"na\x00me": "a"}, [("#", "invalid-encoding")]),
        ({"name": "\ud800"}, [("#", "invalid-encoding")]),
        ({"name": [[[[[[[[[1]]]]]]]]]}, [("#", "too-deep")]),
    ],
)  # fmt: skip
def test_every_fault_is_named_with_its_place(
    value: Any, expected: list[tuple[str, str]]
) -> None:
    assert faults(value) == expected


def test_objects_in_a_body_are_read_as_bodies_are() -> None:
    same = {"id": "a", "size": 1}
    given_values = {"items": [same, {"id": "b"}, same], "item": {"id": "c"}}

    read = body.parse_body(json.dumps(given_values).encode(), ITEMS)

    assert read == {"items": (same, {"id": "b"}, same), "item": {"id": "c"}}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"item": []}, [("#/item", "invalid-value")]),
        ({"item": {}}, [("#/item/id", "missing-field")]),
        ({"item": {"id": 1}}, [("#/item/id", "invalid-value")]),
        ({"items": [{"id": "a"}, "b"]}, [("#/items/1", "invalid-value")]),
        ({"items": [{"id": "a"}, {"id": "b", "x": 1}]}, [("#/items/1/x", "unknown-field")]),
        ({"items": [{"size": 0}], "item": {"id": "a", "size": "1"}}, [("#/items/0/size", "invalid-value"), ("#/item/size", "invalid-value")]),
        ({"items": [{"size": 1}] * 4}, [("#/items", "invalid-value")]),
    ],
)  # fmt: skip
def test_a_fault_in_an_object_is_named_with_its_place(
    value: Any, expected: list[tuple[str, str]]
) -> None:
    assert faults(value, ITEMS) == expected


def test_a_schema_can_say_that_exactly_one_of_several_fields_is_there() -> None:
    validator = OAS31Validator(body.body_schema(FIELDS, one_of=("slug", "size")))

    for value, is_good in (
        ({"name": "N"}, False),
        ({"name": "N", "slug": "a"}, True),
        ({"name": "N", "size": 1, "is_on": True}, True),
        ({"name": "N", "size": 1, "slug": "a"}, False),
        ({"slug": "a"}, False),
    ):
        assert validator.is_valid(value) is is_good


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "invalid-json"),
        (b"{", "invalid-json"),
        (b"{}x", "invalid-json"),
        (b'{"size": NaN}', "invalid-json"),
        (b'{"size": Infinity}', "invalid-json"),
        (b'{"size": ' + b"1" * 5_000 + b"}", "invalid-json"),
        (b"\xef\xbb\xbf{}", "invalid-json"),
        (b'{"name": "\xff"}', "invalid-encoding"),
        (b'{"name": "\xed\xa0\x80"}', "invalid-encoding"),
        (b"[" * 60_000, "too-deep"),
        (b'{"a":' * 12_000, "too-deep"),
        (b'{"name": "a", "name": "b"}', "repeated-field"),
        (b'{"sizes": [{"a": 1, "a": 2}]}', "repeated-field"),
    ],
)
def test_what_is_not_json_is_refused(content: bytes, code: str) -> None:
    problem = refusal(content)

    assert problem.status == 400
    assert [error.code for error in problem.errors] == [code]


def post(content: bytes, content_type: str = "application/json", **extra: Any) -> Any:
    return RequestFactory().generic(
        "POST", "/", content, content_type=content_type, **extra
    )


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        'application/json;charset="UTF-8"',
    ],
)
def test_json_is_read_by_its_name(content_type: str) -> None:
    assert body.read_body(post(b'{"name":"N"}', content_type), FIELDS) == {"name": "N"}


@pytest.mark.parametrize(
    ("content_type", "extra"),
    [
        ("", {}),
        ("text/plain", {}),
        ("application/x-www-form-urlencoded", {}),
        ("multipart/form-data; boundary=x", {}),
        ("application/json; charset=latin-1", {}),
        ("application/jsonp", {}),
        ("application/json", {"HTTP_CONTENT_ENCODING": "gzip"}),
    ],
)
def test_other_media_types_are_refused(content_type: str, extra: Any) -> None:
    with pytest.raises(Problem) as refused:
        body.read_body(post(b'{"name":"N"}', content_type, **extra), FIELDS)

    assert (refused.value.status, refused.value.code) == (415, "unsupported-media-type")
    assert refused.value.headers["Accept"] == "application/json"


def test_an_empty_body_is_an_object_where_nothing_is_required() -> None:
    optional = [field for field in FIELDS if not field.is_required]

    assert body.read_body(post(b"", ""), optional) == {}
    assert body.read_body(post(b"{}"), ()) == {}
    with pytest.raises(Problem):
        body.read_body(post(b""), FIELDS)


def test_a_large_body_is_refused_unread() -> None:
    large = post(b" " * (body.MAX_BYTES + 1))
    with pytest.raises(Problem) as refused:
        body.read_body(large, FIELDS)
    assert (refused.value.status, refused.value.code) == (413, "too-large")
    assert len(large.read()) == body.MAX_BYTES + 1

    # A length that lies: what is read counts.
    request: Any = post(b"")
    request.META["CONTENT_LENGTH"] = "x"
    request._stream = BytesIO(b" " * (body.MAX_BYTES + 1))
    with pytest.raises(Problem) as refused:
        body.read_body(request, FIELDS)
    assert refused.value.status == 413

    exact = b'{"name":"N"}'.ljust(body.MAX_BYTES)
    assert body.read_body(post(exact), FIELDS) == {"name": "N"}
    with pytest.raises(Problem, match="larger than 20 bytes"):
        body.read_body(post(exact), FIELDS, max_bytes=20)
    assert body.read_body(post(exact + b" "), FIELDS, max_bytes=len(exact) + 1)


def test_values_that_cannot_be_accepted_are_a_422() -> None:
    fault = body.field_error("invalid-value", "Not reachable.", "url")

    problem = body.unprocessable([fault])

    assert (problem.status, problem.code) == (422, "unprocessable-content")
    assert problem.errors[0].pointer == "#/url"


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-2, 12)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text("abrN\x00é", max_size=12)
        | st.sampled_from(["red", "abc"]),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from([f.name for f in FIELDS]), inner)
        ),
        max_leaves=12,
    )
)
def test_the_reader_and_the_schema_agree(value: Any) -> None:
    """What the documentation allows is taken, and nothing else: but for NUL and depth, which schemas cannot say."""
    validator = OAS31Validator(body.body_schema(FIELDS))
    content = json.dumps(value).encode()
    try:
        body.parse_body(content, FIELDS)
        is_taken = True
    except Problem as problem:
        is_taken = False
        if problem.errors[0].code in {"invalid-encoding", "too-deep"}:
            return

    assert is_taken == validator.is_valid(value)


@given(st.binary(max_size=200))
def test_no_bytes_are_a_fault_of_ours(content: bytes) -> None:
    status = None
    try:
        body.parse_body(content, FIELDS)
    except Problem as problem:
        status = problem.status

    assert status in {None, 400}
