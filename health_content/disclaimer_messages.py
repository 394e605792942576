"""Why a page shows a disclaimer, as a sentence for editors in the active language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .choices import ContentKind, RiskTier
from .disclaimer_rules import Origin

if TYPE_CHECKING:
    from .disclaimer_rules import Why

SENTENCES = {
    Origin.PAGE: gettext_lazy("chosen for this page"),
    Origin.TOPIC: gettext_lazy("from the topic “%(name)s”"),
    Origin.SECTION: gettext_lazy("from the section “%(name)s”"),
    Origin.CONTENT_KIND: gettext_lazy("for all pages about: %(name)s"),
    Origin.RISK_TIER: gettext_lazy("for all pages with the risk: %(name)s"),
    Origin.COMMERCIAL: gettext_lazy("because the page is commercial"),
    Origin.AI: gettext_lazy("because artificial intelligence helped to write the page"),
    Origin.TRANSLATION: gettext_lazy("because the page is a translation"),
    Origin.REPLIES_OPEN: gettext_lazy("because readers may reply"),
    Origin.EVERY_PAGE: gettext_lazy("for every health page of this language"),
    Origin.TEXT: gettext_lazy("stands in the text"),
}
LABELS = {
    Origin.CONTENT_KIND: dict(ContentKind.choices),
    Origin.RISK_TIER: dict(RiskTier.choices),
}


def why_sentence(why: Why) -> str:
    """Return *why* in words that follow the title of the disclaimer."""
    if why.code is Origin.SECTION and not why.name:
        return _("from a section that is not public")
    name = LABELS.get(why.code, {}).get(why.name, why.name)
    return str(SENTENCES[why.code]) % {"name": name}
