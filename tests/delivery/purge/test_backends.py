"""What each kind of cache is sent, over a real connection."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from health_content.checks import check_purgers
from health_content.conf import get_conf
from health_content.delivery.models import CachePurge
from health_content.delivery.purge.backends import (
    AkamaiPurger,
    CloudflarePurger,
    FastlyPurger,
    VarnishPurger,
)
from health_content.delivery.purge.edgegrid import EdgeGridKey, sign
from health_content.delivery.purge.outbox import caches_purge
from health_content.delivery.purge.purgers import (
    PurgeError,
    PurgeRequest,
    purger_names,
)
from health_content.delivery.purge.schedule import chunks
from tests.factories import article

from .conftest import send_all
from .server import PurgeServer

MANY = [f"self-{number}" for number in range(1_000)]


@pytest.fixture
def server() -> Any:
    with PurgeServer.running() as running:
        yield running


def test_varnish_gets_tags_in_a_header_and_purges_softly(server: PurgeServer) -> None:
    purger = VarnishPurger(url=server.url, token="open sesame")

    purger.purge(PurgeRequest(tags=["self-1", "list-article"]))
    purger.purge(PurgeRequest(tags=["self-1"], is_hard=True))

    soft, hard = server.requests
    assert (soft.method, soft.path) == ("PURGE", "/")
    assert soft.headers["xkey-softpurge"] == "self-1 list-article"
    assert soft.headers["X-Purge-Token"] == "open sesame"
    assert "xkey-purge" not in soft.headers
    assert hard.headers["xkey-purge"] == "self-1"
    assert "sesame" not in repr(purger)


def test_varnish_gets_headers_that_it_takes(server: PurgeServer) -> None:
    VarnishPurger(url=server.url).purge(PurgeRequest(tags=MANY))

    assert len(server.requests) == 2
    sent = [request.headers["xkey-softpurge"] for request in server.requests]
    assert max(map(len, sent)) <= 6_000
    assert " ".join(sent).split() == MANY


def test_fastly_gets_surrogate_keys(server: PurgeServer) -> None:
    purger = FastlyPurger(service_id="SU1Z", token="secret", url=server.url)

    purger.purge(PurgeRequest(tags=MANY))
    purger.purge(PurgeRequest(tags=["self-1"], is_hard=True))

    *soft, hard = server.requests
    assert [len(r.headers["Surrogate-Key"].split()) for r in soft] == [256, 256, 256, 232]  # fmt: skip
    assert (soft[0].method, soft[0].path) == ("POST", "/service/SU1Z/purge")
    assert soft[0].headers["fastly-soft-purge"] == "1"
    assert soft[0].headers["Fastly-Key"] == "secret"
    assert "fastly-soft-purge" not in hard.headers


def test_cloudflare_gets_thirty_tags_a_call(server: PurgeServer) -> None:
    server.body = b'{"success": true, "errors": []}'

    CloudflarePurger(zone_id="z1", token="secret", url=server.url).purge(PurgeRequest(tags=MANY[:70]))  # fmt: skip

    assert [len(json.loads(r.body)["tags"]) for r in server.requests] == [30, 30, 10]
    assert server.requests[0].path == "/zones/z1/purge_cache"
    assert server.requests[0].headers["Authorization"] == "Bearer secret"


def test_cloudflare_may_say_no_with_200(server: PurgeServer) -> None:
    server.body = b'{"success": false, "errors": [{"code": 1}]}'

    with pytest.raises(PurgeError, match="does not say success"):
        CloudflarePurger(zone_id="z1", token="t", url=server.url).purge(PurgeRequest(tags=["a"]))  # fmt: skip


def test_akamai_gets_signed_objects(server: PurgeServer) -> None:
    purger = AkamaiPurger(
        host="akab-1.example", client_token="ct", client_secret="cs", access_token="at", url=server.url
    )  # fmt: skip

    purger.purge(PurgeRequest(tags=["self-1"]))
    purger.purge(PurgeRequest(tags=["self-1"], is_hard=True))

    soft, hard = server.requests
    assert soft.path == "/ccu/v3/invalidate/tag/production"
    assert hard.path == "/ccu/v3/delete/tag/production"
    assert json.loads(soft.body) == {"objects": ["self-1"]}
    signed = soft.headers["Authorization"]
    assert signed.startswith("EG1-HMAC-SHA256 client_token=ct;access_token=at;timestamp=")  # fmt: skip


def test_edgegrid_signs_as_akamai_publishes_it() -> None:
    """The vector is of the test data that Akamai publishes for implementers."""
    key = EdgeGridKey(
        client_token="akab-client-token-xxx-xxxxxxxxxxxxxxxx",
        client_secret="xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=",
        access_token="akab-access-token-xxx-xxxxxxxxxxxxxxxx",
    )

    header = sign(
        key,
        method="GET",
        host="akaa-baseurl-xxxxxxxxxxx-xxxxxxxxxxxxx.luna.akamaiapis.net",
        path="/",
        body=b"",
        moment=datetime(2014, 3, 21, 19, 34, 21, tzinfo=UTC),
        nonce="nonce-xx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
    )

    assert header.endswith("signature=tL+y4hxyHxgWVD30X3pWnGKHcPzmrIF+LThiAOhMxYU=")


@pytest.mark.parametrize("status", [301, 403, 404, 429, 500])
def test_what_is_no_success_is_a_failure(status: int, server: PurgeServer) -> None:
    server.status = status

    with pytest.raises(PurgeError, match=f"The answer was {status}"):
        VarnishPurger(url=server.url).purge(PurgeRequest(tags=["a"]))

    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "ftp://127.0.0.1/", "http://u:p@127.0.0.1/"]
)
def test_what_cannot_be_reached_is_a_failure(url: str) -> None:
    with pytest.raises(PurgeError, match="No answer"):
        VarnishPurger(url=url).purge(PurgeRequest(tags=["a"]))


def test_chunks_hold_what_fits() -> None:
    assert list(chunks([], max_count=2, max_length=9)) == []
    assert list(chunks(["aa", "bb", "cc"], max_count=2, max_length=99)) == [["aa", "bb"], ["cc"]]  # fmt: skip
    assert list(chunks(["aaaa", "bbbb", "c"], max_count=9, max_length=9)) == [["aaaa", "bbbb"], ["c"]]  # fmt: skip
    assert list(chunks(["toolong", "b"], max_count=9, max_length=3)) == [["toolong"], ["b"]]  # fmt: skip


# Wagtail's front-end cache.


@pytest.mark.django_db
def test_wagtails_caches_are_told_addresses(cache: Any, settings: Any, server: PurgeServer, committed: Any) -> None:  # fmt: skip
    settings.WAGTAILFRONTENDCACHE = {
        "old": {"BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend", "LOCATION": server.url}
    }  # fmt: skip
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"PURGERS": {}}
    with committed():
        page, _other = article(slug="sleep"), article(slug="teas")
    send_all()
    server.requests.clear()

    with committed():
        page.title = "New"
        page.save_revision().publish()
    send_all()

    assert {request.method for request in server.requests} == {"PURGE"}
    paths = {request.path for request in server.requests}
    api = "/api/content/v1/"
    assert paths == {
        "/", "/sleep/", f"{api}articles/", f"{api}pages/", f"{api}resolve/?path=/sleep/",
        *(f"{api}{name}/{page.pk}{end}" for name in ("articles", "pages") for end in ("", "/", ".md")),
    }  # fmt: skip
    assert {request.headers["Host"] for request in server.requests} == {"testserver"}
    assert not CachePurge.objects.exists()


@pytest.mark.django_db
def test_our_backend_for_wagtail_purges_tags_too(cache: Any, settings: Any, server: PurgeServer) -> None:  # fmt: skip
    from health_content.delivery.purge.wagtail_backends import VarnishTagBackend

    path = f"{VarnishTagBackend.__module__}.{VarnishTagBackend.__name__}"
    settings.WAGTAILFRONTENDCACHE = {
        "edge": {"BACKEND": path, "LOCATION": server.url, "TOKEN": "t", "HOSTNAMES": ["a.example"]}
    }  # fmt: skip
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"PURGERS": {}}
    assert purger_names() == ["wagtail:edge"]

    caches_purge(["self-1"], urls=["http://a.example/x/"], is_hard=True)
    send_all()

    tags, url = server.requests
    assert (tags.headers["xkey-purge"], tags.headers["X-Purge-Token"]) == ("self-1", "t")  # fmt: skip
    assert (url.method, url.path, url.headers["Host"]) == ("PURGE", "/x/", "a.example")


# Settings.


@pytest.mark.parametrize(
    ("purgers", "message"),
    [
        ([], "must be a dictionary"),
        ({"a:b": {"BACKEND": "varnish", "URL": "http://x/"}}, "without a colon"),
        ({"a": {}}, "with BACKEND"),
        ({"a": "varnish"}, "with BACKEND"),
        ({"a": {"BACKEND": "varnish"}}, "cannot be made"),
        ({"a": {"BACKEND": "varnish", "URL": "http://x/", "COLOR": 1}}, "cannot be made"),
        ({"a": {"BACKEND": "no.such.Class"}}, "cannot be made"),
        ({"a": {"BACKEND": "builtins.dict"}}, "has no method purge"),
    ],
)  # fmt: skip
def test_wrong_settings_are_named(purgers: Any, message: str, settings: Any) -> None:
    settings.HEALTH_CONTENT = {"PURGERS": purgers}

    [error] = check_purgers()

    assert error.id == "health_content.E011"
    assert message in error.msg


def test_right_settings_are_right(settings: Any) -> None:
    settings.HEALTH_CONTENT = {
        "PURGERS": {
            "a": {"BACKEND": "varnish", "URL": "http://10.0.0.5:6081/"},
            "b": {"BACKEND": "fastly", "SERVICE_ID": "s", "TOKEN": "t"},
            "c": {"BACKEND": "cloudflare", "ZONE_ID": "z", "TOKEN": "t"},
            "d": {
                "BACKEND": "akamai", "HOST": "h", "CLIENT_TOKEN": "c", "CLIENT_SECRET": "s", "ACCESS_TOKEN": "a",
            },
        }
    }  # fmt: skip

    assert check_purgers() == []
    assert isinstance(get_conf().make_purger("b"), FastlyPurger)
