"""Claim checks for other editors' tools: the same findings as anywhere, and nothing is stored."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from health_content import compat
from health_content.claims import Profile
from health_content.claims.loader import load_rule_base
from health_content.delivery.api.claim_grammar import (
    MAX_BLOCKS,
    MAX_CHECK_BYTES,
    MAX_TEXT,
)
from health_content.delivery.models import DeliveryScope
from health_content.delivery.scopes import Scope
from health_content.models import OrganizationSettings
from tests.contracts.test_content_openapi import assert_conforms, openapi_document
from tests.delivery.conftest import API
from tests.delivery.webhooks.caller import Caller, token_of
from tests.factories import superuser, user

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not compat.IS_WAGTAIL_8, reason="Wagtail 7.4 has no tokens"),
]
PATH = "claims/check/"
SAFE = "Acupuncture is completely safe."
# In `editorial` a warning, in the commercial profiles more.
DISEASE = "Acupuncture treats asthma."
MILD = "Most people feel little pain."


@pytest.fixture
def tool() -> Caller:
    """Return an editor's tool whose token may check claims, on all sites."""
    return token_of(user("tool"), Scope.CLAIMS_CHECK)


def conforms(value: Any, name: str) -> None:
    components = openapi_document("/")["components"]
    assert_conforms({"$ref": f"#/components/schemas/{name}", "components": components}, value)  # fmt: skip


def report(response: Any) -> dict[str, Any]:
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = response.json()
    conforms(answer, "ClaimReport")
    return answer


def faults(response: Any, status: int = 400) -> list[tuple[str, str]]:
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.status_code == status, response.content
    conforms(response.json(), "Problem")
    return [(each["pointer"], each["code"]) for each in response.json()["errors"]]


def problem(response: Any) -> tuple[int, str]:
    conforms(response.json(), "Problem")
    return response.status_code, response.json()["type"]


def severities(answer: dict[str, Any]) -> dict[str, str]:
    return {each["rule"]: each["severity"] for each in answer["findings"]}


def test_a_text_is_checked(tool: Caller) -> None:
    response = tool.post(PATH, {"text": SAFE})

    answer = report(response)
    [finding] = answer["findings"]
    assert {name: value for name, value in answer.items() if name != "findings"} == {
        "status": "checked",
        "rule_base": load_rule_base().version,
        "profile": "editorial",
        "profiles": ["editorial"],
    }
    assert (finding["category"], finding["severity"]) == ("safety_absolute", "block")
    assert SAFE[finding["start"] : finding["end"]] == finding["text"]
    assert len(finding["sentence_sha"]) == 64
    assert finding["source"].startswith("https://")
    assert finding["message"]
    assert finding["suggestion"]
    assert "block" not in finding
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Vary"] == "Authorization"
    assert "ETag" not in response.headers
    assert not response.cookies


def test_blocks_are_checked_each_by_itself_and_in_order(tool: Caller) -> None:
    answer = report(
        tool.post(
            PATH,
            {
                "blocks": [
                    {"id": "z", "text": MILD},
                    {"id": "b", "text": f"{MILD} {SAFE}"},
                    {"id": "legal", "text": SAFE, "role": "disclaimer"},
                    {"id": "a", "text": SAFE, "role": "heading"},
                    {"id": "empty", "text": ""},
                ]
            },
        )
    )

    assert [each["block"] for each in answer["findings"]] == ["b", "a"]
    assert [each["start"] - len(MILD) for each in answer["findings"]] == [1, -len(MILD)]


def test_a_page_without_risks_is_told_at_its_heading(tool: Caller) -> None:
    """The rules of whole pages hold for blocks: the one that praises in a heading is found."""
    blocks = [
        {"id": "h", "text": "Benefits of acupuncture", "role": "heading"},
        {"id": "p", "text": MILD},
    ]
    alone = report(tool.post(PATH, {"blocks": blocks}))

    blocks.append({"id": "r", "text": "Risks and side effects", "role": "heading"})
    balanced = report(tool.post(PATH, {"blocks": blocks}))

    assert [each["block"] for each in alone["findings"]] == ["h"]
    assert balanced["findings"] == []


@pytest.mark.parametrize(
    "before",
    ["", "\n\n  ", "«Ñandú» \N{SNOWMAN} ", "\N{GRINNING FACE}\N{GRINNING FACE}. ", "\ufb01ne \u200b\u00ad. ", "A\u0301. \r\n"],
)  # fmt: skip
def test_places_count_characters_of_the_text_as_it_was_sent(
    tool: Caller, before: str
) -> None:
    text = f"{before}Acupuncture is comp\u00adletely safe."

    [finding] = report(tool.post(PATH, {"text": text}))["findings"]

    assert finding["text"] == text[finding["start"] : finding["end"]]
    assert finding["text"].startswith("Acupuncture is comp\u00adletely")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, [("#/text", "missing-field")]),
        ({"profile": "editorial"}, [("#/text", "missing-field")]),
        ({"text": 1}, [("#/text", "invalid-value")]),
        ({"text": None}, [("#/text", "invalid-value")]),
        ({"text": [SAFE]}, [("#/text", "invalid-value")]),
        ({"text": "a" * (MAX_TEXT + 1)}, [("#/text", "invalid-value")]),
        ({"text": SAFE, "blocks": [{"id": "a", "text": SAFE}]}, [("#/blocks", "invalid-value")]),
        ({"text": SAFE, "txet": SAFE}, [("#/txet", "unknown-field")]),
        ({"text": SAFE, "profile": "uk"}, [("#/profile", "invalid-value")]),
        ({"text": SAFE, "profile": ["uk-clinic"]}, [("#/profile", "invalid-value")]),
        ({"text": SAFE, "locale": "english language"}, [("#/locale", "invalid-value")]),
        ({"text": SAFE, "locale": "e"}, [("#/locale", "invalid-value")]),
        ({"text": SAFE, "locale": None, "profile": 1}, [("#/locale", "invalid-value"), ("#/profile", "invalid-value")]),
        ({"text": "\ud800"}, [("#", "invalid-encoding")]),
        ({"text": "half \udc00 a character"}, [("#", "invalid-encoding")]),
        ({"text": "a\x00b"}, [("#", "invalid-encoding")]),
        ({"blocks": [{"id": "\udfff", "text": SAFE}]}, [("#", "invalid-encoding")]),
        ({"blocks": SAFE}, [("#/blocks", "invalid-value")]),
        ({"blocks": {"id": "a", "text": SAFE}}, [("#/blocks", "invalid-value")]),
        ({"blocks": []}, [("#/blocks", "invalid-value")]),
        ({"blocks": [{"id": str(n), "text": ""} for n in range(MAX_BLOCKS + 1)]}, [("#/blocks", "invalid-value")]),
        ({"blocks": [SAFE]}, [("#/blocks/0", "invalid-value")]),
        ({"blocks": [None]}, [("#/blocks/0", "invalid-value")]),
        ({"blocks": [{"id": "a"}]}, [("#/blocks/0/text", "missing-field")]),
        ({"blocks": [{"text": SAFE}]}, [("#/blocks/0/id", "missing-field")]),
        ({"blocks": [{"id": "a", "text": SAFE}, {"id": 2, "text": SAFE}]}, [("#/blocks/1/id", "invalid-value")]),
        ({"blocks": [{"id": "", "text": SAFE}]}, [("#/blocks/0/id", "invalid-value")]),
        ({"blocks": [{"id": "a", "text": SAFE, "role": "boss"}]}, [("#/blocks/0/role", "invalid-value")]),
        ({"blocks": [{"id": "a", "text": SAFE, "roel": "body"}]}, [("#/blocks/0/roel", "unknown-field")]),
        ([SAFE], [("#", "invalid-json")]),
        (SAFE, [("#", "invalid-json")]),
    ],
)  # fmt: skip
def test_every_fault_is_named_with_its_place(
    tool: Caller, body: Any, expected: list[tuple[str, str]]
) -> None:
    assert sorted(faults(tool.post(PATH, body))) == expected


def test_two_blocks_of_one_id_cannot_be_told_apart(tool: Caller) -> None:
    blocks = [{"id": name, "text": SAFE} for name in ("a", "b", "a", "a")]

    found = faults(tool.post(PATH, {"blocks": blocks}), 422)

    assert found == [
        ("#/blocks/2/id", "invalid-value"),
        ("#/blocks/3/id", "invalid-value"),
    ]


def test_more_than_other_endpoints_take_is_read_and_much_more_is_not(
    tool: Caller,
) -> None:
    text = f"{SAFE} ".ljust(MAX_TEXT)
    assert len(report(tool.post(PATH, {"text": text}))["findings"]) == 1

    at_most = '{"text": ""}'.ljust(MAX_CHECK_BYTES)
    for content, status in ((at_most, 200), (f"{at_most} ", 413)):
        answer = Client().post(
            f"{API}{PATH}",
            data=content,
            content_type="application/json",
            headers=tool.headers,
        )
        assert answer.status_code == status
    assert problem(answer) == (413, "too-large")
    assert str(MAX_CHECK_BYTES) in answer.json()["detail"]

    other = token_of(user("other"), Scope.ACKS_WRITE)
    assert problem(other.post("acks/", {"page": "x" * 70_000})) == (413, "too-large")


def test_other_media_types_queries_and_methods_are_refused(tool: Caller) -> None:
    plain = Client().post(
        f"{API}{PATH}", data=SAFE, content_type="text/plain", headers=tool.headers
    )
    assert problem(plain) == (415, "unsupported-media-type")
    assert problem(tool.post(f"{PATH}?text=a", {"text": SAFE})) == (400, "invalid-request")  # fmt: skip
    assert problem(tool.get(PATH)) == (405, "method-not-allowed")
    assert tool.get(PATH).headers["Allow"] == "POST, OPTIONS"


# Who may.


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("anonymous", 401),
        ("bad token", 401),
        ("expired token", 401),
        ("token without scopes", 403),
        ("token with all other scopes", 403),
        ("superuser's token without the scope", 403),
        ("session of a superuser", 401),
        ("reader's token", 200),
        ("superuser's token", 200),
    ],
)
def test_authorization(who: str, status: int) -> None:
    """Each kind of caller gets what it may; who is refused is told nothing of the text."""
    boss, reader = superuser(), user("reader")
    others = [scope for scope in Scope if scope is not Scope.CLAIMS_CHECK]
    callers = {
        "anonymous": lambda: Caller(None),
        "bad token": lambda: Caller("wagtail_" + "A" * 33),
        "expired token": lambda: _expired(reader),
        "token without scopes": lambda: token_of(reader),
        "token with all other scopes": lambda: token_of(reader, *others),
        "superuser's token without the scope": lambda: token_of(boss, *others),
        "session of a superuser": lambda: _logged_in(boss),
        "reader's token": lambda: token_of(reader, Scope.CLAIMS_CHECK),
        "superuser's token": lambda: token_of(boss, Scope.CLAIMS_CHECK),
    }

    answer = callers[who]().post(PATH, {"text": SAFE})

    assert answer.status_code == status
    if status != 200:
        conforms(answer.json(), "Problem")
        assert "findings" not in answer.json()
    if status == 403:
        assert 'scope="claims:check"' in answer.headers["WWW-Authenticate"]


def _expired(owner: Any) -> Caller:
    found = token_of(owner, Scope.CLAIMS_CHECK)
    DeliveryScope.objects.update(expires_at="2020-01-01T00:00Z")
    return found


def _logged_in(owner: Any) -> Caller:
    found = Caller(None)
    found._client.force_login(owner)
    return found


def test_a_check_writes_nothing_and_asks_the_same_of_any_number_of_blocks(
    tool: Caller,
) -> None:
    tool.post(PATH, {"text": SAFE})  # Notes when the token was last used, as all do.

    with CaptureQueriesContext(connection) as few:
        report(tool.post(PATH, {"text": SAFE}))
    with CaptureQueriesContext(connection) as many:
        blocks = [{"id": str(n), "text": SAFE} for n in range(20)]
        report(tool.post(PATH, {"blocks": blocks}))

    assert len(few) == len(many)
    assert all(query["sql"].startswith("SELECT") for query in many.captured_queries)


def test_checks_count_as_writes(tool: Caller, settings: Any) -> None:
    cache.clear()
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"API_WRITE_RATE": (2, 10**9)}

    answers = [tool.post(PATH, {"text": SAFE}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[0].headers["RateLimit"].startswith('"write";r=1;')
    assert int(answers[2].headers["Retry-After"]) > 0


# By which rules.


@pytest.mark.parametrize("locale", ["es", "ES-mx", "zh-Hant-TW", "eng", "xx"])
def test_another_language_is_not_checked_and_never_passed(
    tool: Caller, locale: str
) -> None:
    answer = report(tool.post(PATH, {"text": SAFE, "locale": locale}))

    assert (answer["status"], answer["findings"]) == ("not_checked", [])
    assert "passed" not in json.dumps(answer)


@pytest.mark.parametrize("locale", ["en", "en-GB", "en_US", "EN"])
def test_every_english_is_checked(tool: Caller, locale: str) -> None:
    answer = report(tool.post(PATH, {"text": SAFE, "locale": locale}))

    assert (answer["status"], len(answer["findings"])) == ("checked", 1)


@pytest.mark.parametrize("profile", Profile)
def test_every_profile_can_be_asked_for(tool: Caller, profile: Profile) -> None:
    answer = report(tool.post(PATH, {"text": SAFE, "profile": profile}))

    assert (answer["profile"], answer["profiles"]) == (profile, [profile])


def test_the_profile_decides_how_severe_a_finding_is(tool: Caller) -> None:
    publisher = report(tool.post(PATH, {"text": DISEASE, "profile": "editorial"}))
    clinic = report(tool.post(PATH, {"text": DISEASE, "profile": "uk-clinic"}))

    assert set(severities(publisher).values()) == {"warn"}
    assert set(severities(clinic).values()) == {"block"}
    assert severities(publisher).keys() == severities(clinic).keys()


def _judge(*profiles: str) -> Site:
    site = Site.objects.get(is_default_site=True)
    OrganizationSettings.objects.create(site=site, jurisdiction_profiles=list(profiles))
    return site


@pytest.mark.parametrize(
    "profiles", [["editorial", "uk-clinic"], ["uk-clinic", "editorial"]]
)
def test_without_a_profile_the_gravest_of_the_sites_decides(
    tool: Caller, profiles: list[str]
) -> None:
    _judge(*profiles)

    answer = report(tool.post(PATH, {"text": DISEASE}))
    asked = report(tool.post(PATH, {"text": DISEASE, "profile": "editorial"}))

    assert (answer["profile"], answer["profiles"]) == (profiles[0], profiles)
    assert set(severities(answer).values()) == {"block"}
    assert len(answer["findings"]) == len(asked["findings"])
    assert set(severities(asked).values()) == {"warn"}


def test_a_token_learns_the_profiles_of_its_own_sites_only(tool: Caller) -> None:
    site = _judge("uk-clinic")
    elsewhere = token_of(user("elsewhere"), Scope.CLAIMS_CHECK, sites=[])
    here = token_of(user("here"), Scope.CLAIMS_CHECK, sites=[site])

    given = [each.post(PATH, {"text": MILD}) for each in (tool, here, elsewhere)]

    assert [report(each)["profile"] for each in given] == [
        "uk-clinic",
        "uk-clinic",
        "editorial",
    ]


# Agreement.


@pytest.mark.parametrize(
    "text",
    [SAFE, DISEASE, MILD, "", "  ", f"{MILD}\n{SAFE}\n\n{DISEASE}", "Stop taking your medicine, \N{GRINNING FACE} it is toxic!"],
)  # fmt: skip
@pytest.mark.parametrize("profile", ["editorial", "au-therapeutic", "reply"])
def test_the_command_says_the_same(
    tool: Caller, tmp_path: Path, text: str, profile: str
) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text(json.dumps(text) + "\n", encoding="utf-8")
    out = StringIO()
    call_command("check_claims", "--jsonl", str(file), "--profile", profile, stdout=out)
    said = json.loads(out.getvalue())["findings"]

    answer = report(tool.post(PATH, {"text": text, "profile": profile}))

    added = {"text", "sentence_sha"}
    assert [
        {name: value for name, value in each.items() if name not in added}
        for each in answer["findings"]
    ] == said


def test_the_description_has_one_object_for_each_kind_of_body() -> None:
    paths: Any = openapi_document("/")["paths"]
    body = paths["/claims/check/"]["post"]["requestBody"]
    shapes = body["content"]["application/json"]["schema"]["oneOf"]

    assert body["required"] is True
    assert [(each["required"], sorted(each["properties"])) for each in shapes] == [
        (["text"], ["locale", "profile", "text"]),
        (["blocks"], ["blocks", "locale", "profile"]),
    ]
