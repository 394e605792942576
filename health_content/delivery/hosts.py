"""How sites are named: a host, with or without a port, taken apart in one place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import AddressValueError, IPv6Address

import idna

# The ports that http and https imply, which names of sites leave out (RFC 9110, section 4.2).
STANDARD_PORTS = (80, 443)
# How a site may be named in a query: by a name in ASCII or in its own script, or by an IPv6 address, which has a port in
# brackets only. This is published as JSON Schema, so it is in the language that ECMAScript and Python share.
LABEL = re.compile(
    r"[A-Za-z0-9._\u00a1-\uffff-]+(:[0-9]{1,5})?"
    r"|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?"
    r"|[0-9A-Fa-f]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*"
)
_PORT = re.compile(r"[0-9]{1,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """What a name of a site says."""

    name: str
    """In lower case and ASCII; an IPv6 address in brackets, at its shortest."""
    port: int | None
    """None where none is written."""
    other_name: str
    """The other way to write `name`, which a site may be stored with: an international name in its own script, an IPv6
    address without brackets. The same as `name` where there is none."""

    @property
    def names(self) -> tuple[str, str]:
        """Both ways to write the name."""
        return self.name, self.other_name

    @property
    def ports(self) -> tuple[int, ...]:
        """The ports that are meant."""
        return STANDARD_PORTS if self.port is None else (self.port,)

    def __str__(self) -> str:
        return self.name if self.port is None else f"{self.name}:{self.port}"


@lru_cache(maxsize=1_024)
def parse_host(label: str) -> Host:
    """Return what *label* says: a Host header, or the name of a site in a query.

    Nothing is refused: what is no host is a name that no site has. Colons belong to a port after a name or a bracket
    only (RFC 3986, section 3.2.2), so that an IPv6 address without brackets has none.
    """
    if label.startswith("["):
        address, _, rest = label.partition("]")
        host, port = f"{address}]", rest.removeprefix(":")
    elif label.count(":") == 1:
        host, _, port = label.partition(":")
    else:
        host, port = label, ""
    if port and not _PORT.fullmatch(port):
        host, port = label, ""
    name, other_name = _names(host)
    return Host(name=name, other_name=other_name, port=int(port) if port else None)


def is_same_host(one: str, other: str) -> bool:
    """Return whether the two labels name the same site."""
    first, second = parse_host(one), parse_host(other)
    is_port_shared = not set(first.ports).isdisjoint(second.ports)
    return first.name == second.name and is_port_shared


def _names(host: str) -> tuple[str, str]:
    host = host.lower().removesuffix(".")
    if ":" in host:
        return _address_names(host)
    try:
        if not host.isascii():
            ascii_name = idna.encode(host, uts46=True).decode("ascii")
            return ascii_name, idna.decode(ascii_name)
        if "xn--" in host:
            return host, idna.decode(host)
    except idna.IDNAError:
        pass
    return host, host


def _address_names(host: str) -> tuple[str, str]:
    try:
        address = str(IPv6Address(host.removeprefix("[").removesuffix("]")))
    except AddressValueError:
        return host, host
    return f"[{address}]", address
