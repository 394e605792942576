"""Identifiers, tokens, networks, settings: the small parts that others stand on."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from comments import checks
from comments.conf import find_problems, get_conf
from comments.ids import make_uuid7, new_uuid7
from comments.network import client_network, cut_address
from comments.tokens import (
    InvalidTokenError,
    keyed_hash,
    make_form_token,
    make_status_token,
    read_form_token,
    read_status_token,
)

from .factories import NOW


def test_uuid7_of_the_standard():
    """RFC 9562, appendix A.6."""
    made = make_uuid7(
        unix_ms=0x017F22E279B0, random_bits=0xCC3 << 62 | 0x18C4DC0C0C07398F
    )

    assert str(made) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


@given(st.integers(0, 2**48 - 2), st.integers(0, 2**74 - 1), st.integers(0, 2**74 - 1))
def test_uuid7_sorts_by_moment(moment, one, two):
    earlier, later = (
        make_uuid7(unix_ms=moment, random_bits=one),
        make_uuid7(unix_ms=moment + 1, random_bits=two),
    )

    assert earlier < later
    assert earlier.hex < later.hex
    assert earlier.version == 7


def test_new_identifiers_differ():
    assert len({new_uuid7() for _ in range(1_000)}) == 1_000


def test_form_token_says_page_and_time():
    token = read_form_token(make_form_token(7, now=NOW))

    assert (token.page_id, token.drawn_at) == (7, int(NOW.timestamp()))
    assert make_form_token(7, now=NOW) != make_form_token(7, now=NOW)


@given(st.text())
def test_made_up_tokens_are_refused(text):
    for read in (read_form_token, read_status_token):
        with pytest.raises(InvalidTokenError):
            read(text)


def test_changed_token_is_refused():
    token = make_form_token(7, now=NOW)
    for place in range(0, len(token), 7):
        changed = (
            token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        )
        with pytest.raises(InvalidTokenError):
            read_form_token(changed)


def test_token_of_another_site_is_refused(settings):
    token = make_form_token(7, now=NOW)
    settings.SECRET_KEY = "another"

    with pytest.raises(InvalidTokenError):
        read_form_token(token)


def test_token_is_bound_to_its_purpose():
    reply_id = UUID(int=5)

    assert read_status_token(make_status_token(reply_id)) == reply_id
    assert make_status_token(reply_id) == make_status_token(reply_id)
    with pytest.raises(InvalidTokenError):
        read_form_token(make_status_token(reply_id))
    with pytest.raises(InvalidTokenError):
        read_status_token(make_form_token(7, now=NOW))


def test_keyed_hash_tells_lists_apart():
    made = {
        keyed_hash("a", "x", "y"),
        keyed_hash("a", "xy"),
        keyed_hash("a", "x,y"),
        keyed_hash("b", "x", "y"),
        keyed_hash("a", 1),
        keyed_hash("a", "1"),
        keyed_hash("a", "\ud800"),
    }

    assert len(made) == 7
    assert {len(value) for value in made} == {64}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        ("localhost", "unknown"),
        ("1.2.3.4, 5.6.7.8", "unknown"),
        ("999.1.1.1", "unknown"),
    ],
)
def test_address_is_cut(address, expected):
    assert cut_address(address) == expected


@pytest.mark.parametrize(
    ("forwarded", "proxy_count", "expected"),
    [
        ("198.51.100.1", 0, "192.0.2.0/24"),
        ("198.51.100.1", 1, "198.51.100.0/24"),
        ("6.6.6.6, 198.51.100.1", 1, "198.51.100.0/24"),
        ("198.51.100.1, 10.0.0.1", 2, "198.51.100.0/24"),
        ("6.6.6.6, 198.51.100.1, 10.0.0.1", 2, "198.51.100.0/24"),
        ("198.51.100.1", 2, "192.0.2.0/24"),
        ("nonsense", 1, "unknown"),
        ("", 1, "192.0.2.0/24"),
        (None, 1, "192.0.2.0/24"),
    ],
)
def test_only_trusted_proxies_are_believed(forwarded, proxy_count, expected):
    meta = {"REMOTE_ADDR": "192.0.2.9"}
    if forwarded is not None:
        meta["HTTP_X_FORWARDED_FOR"] = forwarded

    assert client_network(meta, proxy_count=proxy_count) == expected


@given(st.text(), st.integers(0, 3), st.text())
def test_any_header_gives_a_network(forwarded, proxy_count, remote):
    meta = {"REMOTE_ADDR": remote, "HTTP_X_FORWARDED_FOR": forwarded}

    network = client_network(meta, proxy_count=proxy_count)

    assert network == "unknown" or network.endswith(("/24", "/64"))


@pytest.mark.parametrize(
    ("values", "check"),
    [
        ([], "E001"),
        ({"ODD": 1}, "E001"),
        ({"policy": "pre"}, "E001"),
        ({"DEFAULT_MODE": "odd"}, "E002"),
        ({"DISCLAIMER": None}, "E013"),
        ({"DISCLAIMER_VERSION": 0}, "E013"),
        ({"POLICY": "odd"}, "E003"),
        ({"RATE_LIMITS": ((0, 1),)}, "E004"),
        ({"RATE_LIMITS": "5/m"}, "E004"),
        ({"RATE_LIMITS": ((1, 2, 3),)}, "E004"),
        ({"MAX_DEPTH": 8}, "E005"),
        ({"MAX_DEPTH": True}, "E005"),
        ({"PAGE_SIZE": 0}, "E006"),
        ({"MAX_CHILDREN": 201}, "E006"),
        ({"FORM_TOKEN_AGE": timedelta(days=9)}, "E007"),
        ({"MIN_FILL_TIME": 3}, "E007"),
        ({"TRUSTED_PROXY_COUNT": -1}, "E008"),
        ({"MAX_LINKS": "2"}, "E008"),
        ({"ALLOWED_ORIGINS": ["https://a.example/"]}, "E009"),
        ({"ALLOWED_ORIGINS": "https://a.example"}, "E009"),
        ({"TEXT_CHECKS": ["no.such.module"]}, "E010"),
        ({"TEXT_CHECKS": "json.loads"}, "E010"),
    ],
)
def test_wrong_setting_is_found_at_start_and_at_use(settings, values, check):
    settings.COMMENTS = values

    [message] = checks.check_settings(None)

    assert message.id == f"health_comments.{check}"
    with pytest.raises(ImproperlyConfigured, match="COMMENTS"):
        get_conf()


def test_lists_may_stand_for_tuples(settings):
    settings.COMMENTS = {
        "RATE_LIMITS": [[5, 60]],
        "ALLOWED_ORIGINS": ["*", "http://localhost:3000"],
        "TEXT_CHECKS": ["json.loads"],
    }

    assert find_problems(settings.COMMENTS) == {}
    assert get_conf().rate_limits == ((5, 60),)
    assert list(get_conf().import_text_checks()) == ["json.loads"]


def test_database_that_cannot_count_is_named(monkeypatch):
    class Other:
        vendor = "mysql"

    monkeypatch.setattr(checks, "connection", Other)

    [message] = checks.check_database(None)

    assert message.id == "health_comments.E011"
