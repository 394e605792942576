"""Where a request comes from, as far as a rate limit needs to know."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN = "unknown"
# An IPv6 customer has a whole /64: its addresses are one caller.
IPV6_HOST_BITS = 64


def client_address(meta: Mapping[str, object], *, proxy_count: int) -> str:
    """Return the address of the caller: IPv4 whole, IPv6 by its /64, "unknown" when there is none to tell.

    *proxy_count* proxies are trusted to have appended to X-Forwarded-For, so the address is that many places from its
    right end; with 0, or with fewer entries than proxies, the header is what anybody may write and is not looked at.
    """
    header = str(meta.get("HTTP_X_FORWARDED_FOR", ""))
    forwarded = header.split(",") if header else []
    if 0 < proxy_count <= len(forwarded):
        return _caller(forwarded[-proxy_count].strip())
    return _caller(str(meta.get("REMOTE_ADDR", "")))


def _caller(address_raw: str) -> str:
    try:
        address = ip_address(address_raw.partition("%")[0])
    except ValueError:
        return UNKNOWN
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if isinstance(address, IPv6Address):
        network = int(address) >> IPV6_HOST_BITS << IPV6_HOST_BITS
        return f"{IPv6Address(network)}/{IPV6_HOST_BITS}"
    return str(address)
