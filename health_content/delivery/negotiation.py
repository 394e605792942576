"""Which content coding and which media type a request gets (RFC 9110, section 12.5)."""

from __future__ import annotations

from functools import lru_cache

IDENTITY = "identity"
# In order of preference when the client has none.
CODINGS = ("br", "gzip", IDENTITY)
# Longer than any browser's header by far; what is longer gets identity, unparsed.
MAX_LENGTH = 500
MARKDOWN = "text/markdown"
JSON = "application/json"


@lru_cache(maxsize=512)
def choose_coding(accept_encoding: str, available: tuple[str, ...] = CODINGS) -> str:
    """Return the coding of *available* that the header *accept_encoding* likes best.

    An absent or broken header, or one that forbids everything, gives identity: a body that can be read is better than
    none, and RFC 9110 allows it.
    """
    if not accept_encoding or len(accept_encoding) > MAX_LENGTH:
        return IDENTITY
    weights = _weights(accept_encoding)
    wildcard = weights.get("*", 0.0)
    best, best_weight = IDENTITY, weights.get(IDENTITY, 0.0)
    for coding in reversed(available):
        weight = weights.get(coding, 0.0 if coding == IDENTITY else wildcard)
        if weight > 0 and weight >= best_weight:
            best, best_weight = coding, weight
    return best


@lru_cache(maxsize=512)
def prefers_markdown(accept: str) -> bool:
    """Return whether the header *accept* asks for Markdown: by its name, and more than for JSON.

    A wildcard asks for nothing in particular, so JSON, our usual answer, is worth what it is named with.
    """
    if MARKDOWN not in accept.lower() or len(accept) > MAX_LENGTH:
        return False
    weights = _weights(accept)
    return weights[MARKDOWN] > weights.get(JSON, 0.0) if MARKDOWN in weights else False


def _weights(header: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for part in header.split(","):
        name, _, parameters = part.partition(";")
        weights[name.strip().lower()] = _weight(parameters)
    return weights


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0.0 <= weight <= 1.0 else 0.0
