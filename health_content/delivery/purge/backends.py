"""Caches that drop answers by tag. Each is made of the options that `PURGERS` gives it.

Where they are is the operator's word: their addresses may be private. Nothing is redirected, and nothing waits longer
than the time-out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..outbound_rules import RefusedError, parse_target
from ..safe_http import FailedError, Rules, send
from .edgegrid import EdgeGridKey, authorization
from .purgers import PurgeError
from .schedule import chunks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..safe_http import Answer
    from .purgers import PurgeRequest

TIMEOUT_SECONDS = 5.0
# Varnish refuses header lines of more than 8 kB by default.
HEADER_MAX_LENGTH = 6_000


@dataclass(frozen=True, slots=True, kw_only=True)
class VarnishPurger:
    """Varnish with the module xkey, and the VCL of our documentation."""

    url: str
    """Where Varnish takes purges, such as `http://10.0.0.5:6081/`. Name each Varnish of a cluster by itself."""
    token: str = field(default="", repr=False)
    """Sent as `X-Purge-Token`, for a VCL that asks for it."""
    timeout_seconds: float = TIMEOUT_SECONDS

    def purge(self, request: PurgeRequest) -> None:
        """Purge, softly where old bytes may be used a last time."""
        name = "xkey-purge" if request.is_hard else "xkey-softpurge"
        token = {"X-Purge-Token": self.token} if self.token else {}
        for group in chunks(
            request.tags, max_count=1_000, max_length=HEADER_MAX_LENGTH
        ):
            headers = {name: " ".join(group), **token}
            _sent("PURGE", self.url, headers, timeout_seconds=self.timeout_seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class FastlyPurger:
    """Fastly, by surrogate key (https://www.fastly.com/documentation/reference/api/purging/)."""

    service_id: str
    token: str = field(repr=False)
    url: str = "https://api.fastly.com/"
    timeout_seconds: float = TIMEOUT_SECONDS

    def purge(self, request: PurgeRequest) -> None:
        """Purge, softly where old bytes may be used a last time. 256 keys go into a request."""
        url = f"{self.url.rstrip('/')}/service/{quote(self.service_id, safe='')}/purge"
        headers = {"Fastly-Key": self.token, "Accept": "application/json"}
        if not request.is_hard:
            headers["fastly-soft-purge"] = "1"
        for group in chunks(request.tags, max_count=256, max_length=HEADER_MAX_LENGTH):
            keys = {"Surrogate-Key": " ".join(group)}
            _sent("POST", url, headers | keys, timeout_seconds=self.timeout_seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudflarePurger:
    """Cloudflare, by Cache-Tag (https://developers.cloudflare.com/cache/how-to/purge-cache/purge-by-tags/).

    It knows no soft purge: what is purged is gone.
    """

    zone_id: str
    token: str = field(repr=False)
    url: str = "https://api.cloudflare.com/client/v4/"
    timeout_seconds: float = TIMEOUT_SECONDS

    def purge(self, request: PurgeRequest) -> None:
        """Purge. 30 tags go into a request."""
        zone = quote(self.zone_id, safe="")
        url = f"{self.url.rstrip('/')}/zones/{zone}/purge_cache"
        headers = {"Authorization": f"Bearer {self.token}"}
        for group in chunks(request.tags, max_count=30, max_length=HEADER_MAX_LENGTH):
            answer = _sent_json(
                url, {"tags": group}, headers, timeout_seconds=self.timeout_seconds
            )
            # Cloudflare says so in the body, too.
            if b'"success":true' not in answer.excerpt.replace(b" ", b""):
                raise PurgeError("The answer does not say success.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AkamaiPurger:
    """Akamai Fast Purge, by Edge-Cache-Tag (https://techdocs.akamai.com/purge-cache/reference/api)."""

    host: str
    """The API client's own host name, `….luna.akamaiapis.net`."""
    client_token: str = field(repr=False)
    client_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    network: str = "production"
    url: str = ""
    """Instead of `https://{host}/`: for a proxy of yours."""
    timeout_seconds: float = TIMEOUT_SECONDS

    def purge(self, request: PurgeRequest) -> None:
        """Delete, or invalidate where old bytes may be used a last time."""
        action = "delete" if request.is_hard else "invalidate"
        base = (self.url or f"https://{self.host}/").rstrip("/")
        path = f"/ccu/v3/{action}/tag/{quote(self.network, safe='')}"
        key = EdgeGridKey(
            client_token=self.client_token,
            client_secret=self.client_secret,
            access_token=self.access_token,
        )
        # Fast Purge takes 50 kB.
        for group in chunks(request.tags, max_count=1_000, max_length=40_000):
            body = json.dumps({"objects": group}).encode()
            signed = authorization(key, host=self.host, path=path, body=body)
            _sent_json(
                f"{base}{path}",
                {"objects": group},
                {"Authorization": signed},
                timeout_seconds=self.timeout_seconds,
            )


def _sent_json(
    url: str,
    content: Mapping[str, object],
    headers: Mapping[str, str],
    *,
    timeout_seconds: float,
) -> Answer:
    body = json.dumps(content).encode()
    typed = {"Content-Type": "application/json", **headers}
    return _sent("POST", url, typed, body=body, timeout_seconds=timeout_seconds)


def _sent(
    method: str,
    url: str,
    headers: Mapping[str, str],
    *,
    timeout_seconds: float,
    body: bytes = b"",
) -> Answer:
    """Send the request and return the answer.

    Raises:
        PurgeError: it did not succeed.
    """
    try:
        host = parse_target(url, is_http_allowed=True).host
        rules = Rules(
            is_http_allowed=True,
            private_hosts=frozenset({host}),
            timeout_seconds=timeout_seconds,
        )
        answer = send(method, url, body=body, headers=headers, rules=rules)
    except (RefusedError, FailedError) as error:
        raise PurgeError(f"No answer: {error}.") from error
    if not 200 <= answer.status < 300:
        raise PurgeError(f"The answer was {answer.status}.")
    return answer
