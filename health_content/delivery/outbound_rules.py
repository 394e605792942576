"""Where outbound HTTP may go: which URLs, and which addresses behind their names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

import idna

MAX_URL_LENGTH = 2_000
MAX_HOST_LENGTH = 253
DEFAULT_PORTS = {"http": 80, "https": 443}
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_TEXT = re.compile(r"[\x21-\x7e]+")

# IANA's registries of special-purpose addresses (2025-10), of which Python's own list depends on its version.
_PRIVATE_V4 = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
# Public by its number, and the host itself to every machine of Azure: it hands out certificates and settings of the guest.
# https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
# Those of other clouds (169.254.169.254, 100.100.100.200, 192.0.0.192, fd00:ec2::254) are in private blocks.
_METADATA = (ip_network("168.63.129.16/32"),)
_PUBLIC_V6 = ip_network("2000::/3")
# IETF protocols with Teredo and ORCHID, documentation, 6to4, AS112.
_PRIVATE_V6 = tuple(
    ip_network(block)
    for block in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)  # fmt: skip
_NAT64 = ip_network("64:ff9b::/96")


class Refusal(StrEnum):
    """Why a request is not made."""

    URL = "url"
    """Not an absolute URL of printable ASCII, or too long."""
    SCHEME = "scheme"
    """Neither https nor, where it is allowed, http."""
    USERINFO = "userinfo"
    """A name or password in the URL."""
    HOST = "host"
    """No host name, or a number that is not a plain IPv4 address."""
    PORT = "port"
    ADDRESS = "address"
    """The name leads, at least in part, to an address that is not on the public internet."""


class RefusedError(ValueError):
    """A request was not made, because of `refusal`."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(str(refusal))


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A URL, taken apart once."""

    scheme: str
    host: str
    """In lower case and ASCII; an IPv6 address without brackets."""
    port: int
    resource: str
    """Path and query, never empty."""


def parse_target(url_raw: str, *, is_http_allowed: bool) -> Target:
    """Return what *url_raw* leads to.

    Raises:
        RefusedError: no request goes there, whatever the name resolves to.
    """
    if len(url_raw) > MAX_URL_LENGTH or "\\" in url_raw:
        raise RefusedError(Refusal.URL)
    try:
        parts = urlsplit(url_raw)
        port = parts.port
    except ValueError as error:
        raise RefusedError(Refusal.URL) from error
    # urlsplit drops line breaks and tabs; a URL that had some is not the one we would be asked for.
    if parts.geturl() != url_raw or parts.fragment:
        raise RefusedError(Refusal.URL)
    if parts.scheme not in ({"http", "https"} if is_http_allowed else {"https"}):
        raise RefusedError(Refusal.SCHEME)
    if "@" in parts.netloc:
        raise RefusedError(Refusal.USERINFO)
    if port == 0:
        raise RefusedError(Refusal.PORT)
    resource = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not _TEXT.fullmatch(resource):
        raise RefusedError(Refusal.URL)
    return Target(
        scheme=parts.scheme,
        host=_host(parts.hostname or "", is_literal="[" in parts.netloc),
        port=port or DEFAULT_PORTS[parts.scheme],
        resource=resource,
    )


def is_public(address: str) -> bool:
    """Return whether *address* is one of the public internet. What is not an address is not.

    IPv4 inside IPv6 counts as the IPv4 address where the network would take it for that (mapped, NAT64 of RFC 6052);
    6to4 and Teredo, which are long out of use, are not public at all.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        embedded = found.ipv4_mapped
        if found in _NAT64:
            embedded = IPv4Address(int(found) & 0xFFFF_FFFF)
        if embedded is None:
            return (
                found.scope_id is None
                and found in _PUBLIC_V6
                and not any(found in block for block in _PRIVATE_V6)
            )
        found = embedded
    return not any(found in block for block in (*_PRIVATE_V4, *_METADATA))


def refuse_private_host(host: str, *, private_hosts: frozenset[str]) -> None:
    """Refuse a `Target.host` that is known without a look-up not to be on the public internet.

    That is an address, and `localhost` with the names below it (RFC 6761, section 6.3). Those of *private_hosts* pass,
    and so does any other name: what it leads to is known when something is sent.

    Raises:
        RefusedError: because of the address.
    """
    if host in private_hosts:
        return
    is_local_name = host == "localhost" or host.endswith(".localhost")
    if is_local_name or (_is_address(host) and not is_public(host)):
        raise RefusedError(Refusal.ADDRESS)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _host(host_raw: str, *, is_literal: bool) -> str:
    """Return the host in ASCII, or refuse it. *is_literal*: it stood in brackets."""
    if is_literal:
        try:
            return str(IPv6Address(host_raw))
        except ValueError as error:
            raise RefusedError(Refusal.HOST) from error
    try:
        host = host_raw if host_raw.isascii() else idna.encode(host_raw, uts46=True)
    except idna.IDNAError as error:
        raise RefusedError(Refusal.HOST) from error
    name = (host if isinstance(host, str) else host.decode("ascii")).lower()
    labels = name.split(".")
    if len(name) > MAX_HOST_LENGTH or not all(map(_LABEL.fullmatch, labels)):
        raise RefusedError(Refusal.HOST)
    if _NUMBER.fullmatch(labels[-1]):
        return _plain_ipv4(name)
    return name


def _plain_ipv4(name: str) -> str:
    """Return *name* if it is four decimal numbers; resolvers read octal, hexadecimal and shorter forms as well."""
    try:
        return str(IPv4Address(name))
    except ValueError as error:
        raise RefusedError(Refusal.HOST) from error
