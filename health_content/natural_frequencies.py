"""How often, in numbers of people: “3 in 100”.

NHS digital service manual, "Numbers, measurements, dates and time", and Gigerenzer and Edwards, BMJ 2003;327:741-4, ask for
natural frequencies in place of percentages and odds.
"""

from __future__ import annotations

# The words between the two numbers, and what stands between thousands. Elsewhere: “3 / 100”, and a space (ISO 80000-1, 7.3).
PHRASES = {
    "en": "{few} in {many}",
    "es": "{few} de cada {many}",
    "de": "{few} von {many}",
    "fr": "{few} sur {many}",
}
GROUPS = {"en": ","}
ANYWHERE = "{few} / {many}"
SPACE = "\u202f"  # Narrow, and no line ends at it.


def natural_frequency(numerator: int, denominator: int, locale: str) -> str:
    """Return “3 in 100” in the language of *locale*."""
    language = locale.partition("-")[0].lower()
    group = GROUPS.get(language, SPACE)
    few, many = (f"{n:,}".replace(",", group) for n in (numerator, denominator))
    return PHRASES.get(language, ANYWHERE).format(few=few, many=many)
