"""Who is calling, as far as a rate limit needs to know."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN = "unknown"
_IPV4_KEPT_BITS = 24
_IPV6_KEPT_BITS = 64


def client_network(meta: Mapping[str, object], *, proxy_count: int) -> str:
    """Return the network of the caller, "unknown" when there is none to tell; never a single address.

    An IPv6 customer has a whole /64, so that is one caller; IPv4 is cut to /24. *proxy_count* proxies are trusted to
    have appended to X-Forwarded-For, so the address is that many places from its right end; with 0, or with fewer
    entries than proxies, the header is what anybody may write and is not looked at.
    """
    header = str(meta.get("HTTP_X_FORWARDED_FOR", ""))
    forwarded = header.split(",") if header else []
    if 0 < proxy_count <= len(forwarded):
        address_raw = forwarded[-proxy_count].strip()
    else:
        address_raw = str(meta.get("REMOTE_ADDR", ""))
    return cut_address(address_raw)


def cut_address(address_raw: str) -> str:
    """Return the /24 or /64 of an address in text, "unknown" for anything else."""
    try:
        address = ip_address(address_raw.split("%", 1)[0])
    except ValueError:
        return UNKNOWN
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if isinstance(address, IPv4Address):
        kept = int(address) >> (32 - _IPV4_KEPT_BITS) << (32 - _IPV4_KEPT_BITS)
        return f"{IPv4Address(kept)}/{_IPV4_KEPT_BITS}"
    kept = int(address) >> (128 - _IPV6_KEPT_BITS) << (128 - _IPV6_KEPT_BITS)
    return f"{IPv6Address(kept)}/{_IPV6_KEPT_BITS}"
