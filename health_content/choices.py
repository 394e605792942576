"""What pages and policies choose from. No model is needed here, so that every model may import it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentKind(models.TextChoices):
    """What a page is: it decides what readers expect to find, and how often it is reviewed."""

    CONDITION = "condition", _("A condition")
    TREATMENT = "treatment", _("A treatment")
    SYMPTOM = "symptom", _("A symptom")
    LIFESTYLE = "lifestyle", _("A healthy habit")
    MEDICINE = "medicine", _("A medicine")
    NEWS = "news", _("News")
    OPINION = "opinion", _("An opinion")
    PERSONAL_STORY = "personal_story", _("A personal story")


class RiskTier(models.TextChoices):
    """How much harm a mistake may do."""

    LOW = "low", _("Low: a mistake would be awkward")
    STANDARD = "standard", _("Standard: a mistake may cost health or money")
    HIGH = "high", _("High: a mistake may do serious harm")
    CRISIS = "crisis", _("Crisis: readers may be in danger as they read")


class AudienceGroup(models.TextChoices):
    """Whom a page is written for. It restricts nobody."""

    PUBLIC = "public", _("Everybody")
    CARERS = "carers", _("Carers and family")
    YOUNG_PEOPLE = "young_people", _("Young people")
    CLINICIANS = "clinicians", _("Health professionals")


class ContributorRole(models.TextChoices):
    """What a person did for a page."""

    AUTHOR = "author", _("Author")
    EDITOR = "editor", _("Editor")
    MEDICAL_REVIEWER = "medical_reviewer", _("Medical reviewer")
    FACT_CHECKER = "fact_checker", _("Fact checker")
    TRANSLATOR = "translator", _("Translator")
    LIVED_EXPERIENCE = "lived_experience", _("Adviser with lived experience")


class AiAssistance(models.TextChoices):
    """What artificial intelligence did for a page."""

    NONE = "none", _("Nothing")
    DRAFT = "draft", _("It wrote a draft")
    TRANSLATION = "translation", _("It translated")
    SUMMARY = "summary", _("It summarized")


class OverdueAction(models.TextChoices):
    """What becomes of a page whose review is overdue, once the days of grace are over."""

    REPORT = "report", _("Report it to editors")
    BANNER = "banner", _("Tell readers on the page, too")
    NOINDEX = "noindex", _("Take it out of search engines, too")
    UNPUBLISH = "unpublish", _("Take it offline")


class CheckLevel(models.TextChoices):
    """What a check of the editorial gate does when it finds something."""

    BLOCK = "block", _("Block")
    WARN = "warn", _("Warn")
    OFF = "off", _("Off")


class JurisdictionProfile(models.TextChoices):
    """By which rules claims are judged."""

    EDITORIAL = "editorial", _("Publisher that sells no health service or product")
    UK_CLINIC = "uk-clinic", _("Clinic or practitioner in the United Kingdom")
    US_COMMERCE = "us-commerce", _("Seller in the United States")
    EU_FOOD = "eu-food", _("Food or supplements in the European Union")
    AU_THERAPEUTIC = "au-therapeutic", _("Therapeutic goods in Australia")
