# ruff: noqa: RUF001 - look-alike marks of real documents are read here
"""What headings and labels mean, in the languages the importer reads (en, es).

Every answer is about one short line; patterns are bounded, so cost is linear.
"""

from __future__ import annotations

import re

from .document import ListRole, Tone


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


_HOW_TO = _words(
    r"^[¿\"“]?how to\b",
    r"^[¿\"“]?how (do|should|can|could) (i|you|we)\b",
    r"^[¿\"“]?how (i|you|we) can\b",
    r"^[¿\"“]?c[oó]mo (?!funcion)\w+(ar|er|ir|arse|erse|irse)\b",
)
_STEPS = _words(
    r"\bsteps?\b",
    r"\bstep[- ]by[- ]step\b",
    r"\binstructions\b",
    r"\bpasos?\b",
    r"\binstrucciones\b",
)
_HOW_WHY = _words(
    r"^[¿\"“]?(how|why)\b",
    r"\b(how|why)\b.{1,60}\bworks?\b",
    r"\bmechanisms?\b",
    r"\bmode of action\b",
    r"^[¿\"“]?c[oó]mo\b",
    r"^[¿\"“]?por\s?qu[eé]\b",
    r"\bmecanismos?\b",
)
_BENEFITS = _words(
    r"\bbenefi(t|ts|cial)\b", r"\badvantages?\b", r"\bbeneficios?\b", r"\bventajas?\b"
)
_ANNOUNCEMENT = re.compile(
    r"(?:the |los |las |some |(?:\w+ )?(?:main|key|top|major|common|possible|potential|health) ){0,2}"
    r"(?:(?:benefits|advantages|beneficios|ventajas)(?: (?:of|for|to|in|de|del|para) .+)?"
    r"|(?:mechanisms?|mecanismos?|mode) (?:of|de) .+"
    r"|(?:how|why|c[oó]mo|por qu[eé]) .+)",
    re.IGNORECASE,
)
_STATEMENT = _words(
    r"\b(is|are|was|were|include[sd]?|including|has|have|following|below|as follows)\b",
    r"\b(son|est[aá]n?|incluye[ns]?|tienen?|siguientes?)\b",
)
_REFERENCES = _words(
    r"^(references|sources|bibliography|further reading|works cited|citations)\W*$",
    r"^(referencias|fuentes|bibliograf[ií]a)\W*$",
)
_FAQ = _words(
    r"\bfaqs?\b",
    r"\bfrequently[ -]asked\b",
    r"\bq\s?&\s?as?\b",
    r"\bpeople also ask\b",
    r"\bquestions? (you|patients|people|parents|readers) (may|ask|have)\b",
    r"\b(common|your|popular|top) questions\b(?! (to|for)\b)",
    r"\bquestions (and|&) answers\b",
    r"^(more )?(questions|questions answered|your questions answered)\W*$",
    r"\bpreguntas (y respuestas|frecuentes|comunes|habituales)\b",
)
_DISCLAIMER_LABEL = (
    r"(?:[\w'’]{1,20} ){0,3}disclaimers?|disclosure|(?:affiliate|medical|legal) (?:disclosure|notice)"
    r"|descargo de responsabilidad|aviso (?:m[eé]dico|legal|importante)"
    r"|exenci[oó]n de responsabilidad"
)
_NOTE_LABEL = r"(?:please |important )?notes?(?: to (?:the )?readers?)?|n\.?b\.?|nota(?: importante)?|aviso"
_CALLOUT_LABEL = (
    r"(?:quick |top )?tip|warning|caution|important"
    r"|consejo|advertencia|precauci[oó]n|atenci[oó]n|importante"
)
LABELED = re.compile(
    rf"(?P<label>{_DISCLAIMER_LABEL}|{_NOTE_LABEL}|{_CALLOUT_LABEL})"
    r"(?P<suffix>(?:\s*[*_]{1,2})?\s*[:：](?:\s*[*_]{1,2})?|\s+[–—-](?=\s))\s*",
    re.IGNORECASE,
)
"""A label that opens a note: "Note:", "**Disclaimer:**", "Warning –"."""

_DISCLAIMER = re.compile(rf"(?:{_DISCLAIMER_LABEL})\W*", re.IGNORECASE)
_NOTE = re.compile(rf"(?:{_NOTE_LABEL})\W*", re.IGNORECASE)
_WARNING = _words(r"^(warning|caution|advertencia|precauci[oó]n|atenci[oó]n)")
_LEGAL = _words(
    r"\b(informational|information|educational|education) purposes?\b",
    r"\b(medical|professional|clinical|legal) (advice|opinion|guidance|judge?ment)\b",
    r"\b(advice|care|opinion|guidance) of (a|an|your)\b",
    r"\bsubstitut(e|es|ed|ion) for\b|\b(replace|replacement|replaces)\b",
    r"\b(consult|seek|speak|talk|ask|check)\b.{0,60}"
    r"\b(doctor|physician|gp|provider|professional|practitioner|specialist|pharmacist"
    r"|midwife|clinician|advice|nurse|dietitian|therapist)s?\b",
    r"\bnot intended to\b|\bnot (been )?evaluated by\b|\bnever (disregard|delay)\b",
    r"\bliab(le|ility)\b|\bresponsib(le|ility) for\b|\bguarantees?d?\b|\bwarrant",
    r"\b(individual )?results\b.{0,20}\b(vary|differ)\b|\baffiliate\b|\bsponsored\b",
    r"\bfines (informativos|educativos)\b|\bcar[aá]cter (informativo|educativo)\b",
    r"\b(consejo|asesoramiento|criterio|consulta|opini[oó]n) (m[eé]dic|profesional)",
    r"\bsustitu|\breemplaza|\bconsult(e|ar?)\b.{0,60}\b(m[eé]dic|profesional|especial)",
)
_REPLIES = re.compile(
    r"(?:(?:please )?(?:leave|post|write|add|submit|share)"
    r" (?:a|your|us a|us your|an?other) (?:reply|comment|response|thought|experience)s?"
    r"(?: below| here)?(?: cancel reply)?"
    r"|(?:comments|replies|reader (?:comments|replies))(?: \(\d{1,6}\))?"
    r"|(?:\d{1,6}|no|one) (?:comments?|replies|responses|thoughts)"
    r"(?: (?:to|on) .{1,200}| yet)?"
    r"|join the (?:conversation|discussion)|leave a reply to .{1,80}"
    r"|(?:deja|dejar|escribe|escribir|a[ñn]ade|a[ñn]adir|publica|publicar)"
    r" (?:una respuesta|un comentario|tu comentario)(?: cancelar la respuesta)?"
    r"|comentarios(?: \(\d{1,6}\))?)\W{0,3}",
    re.IGNORECASE,
)
_REPLIES_CLOSED = re.compile(
    r"(?:comments?|replies|los comentarios|comentarios)(?: to this (?:post|article))?"
    r" (?:are|is|est[aá]n|have been) "
    r"(?:now |currently )?(?:closed|off|disabled|cerrados|desactivados)\W{0,3}",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"(?:cancel reply|cancelar la respuesta|(?:comment|name|email|website|your (?:name|email"
    r"|comment|website)|nombre|comentario|correo electr[oó]nico|web|sitio web)"
    r"(?: ?\(?(?:required|optional)\)?)? ?\*?:?"
    r"|(?:post|submit|publish|send)(?: (?:comment|reply))?|publicar el comentario"
    r"|\d{1,4} ?(?:\+|-|×) ?\d{1,4} ?=.{0,10})\W{0,3}",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:by|author|written by|reviewed by|medically reviewed by|edited by|published"
    r"|updated|last (?:updated|reviewed|modified)|date|posted (?:on|by)|phone|tel|email"
    r"|address|por|autora?|escrito por|revisado por|publicado|actualizado|fecha)\b.*"
    r"|.*(?:https?://|www\.|\S@\S).*|\d{1,4}[./ -]\w{1,12}[./ -]\d{1,4}",
    re.IGNORECASE,
)
_BYLINE_PLAIN = re.compile(
    r"(?:by|por) (?:using|doing|la|el|los|las|qu)\b", re.IGNORECASE
)


def list_role(heading: str, *, is_numbered: bool, is_labeled: bool) -> ListRole:
    """Return what a list under *heading* is for.

    Below "References" it is the sources.
    Numbered items under a how or why heading are mechanisms; items under a benefits
    heading are benefits; other numbered items are approaches when most of them are
    "Label: text", steps under a heading that promises steps, else a plain list.
    """
    if _REFERENCES.search(heading):
        return ListRole.REFERENCES
    if not is_numbered:
        return ListRole.BENEFITS if _BENEFITS.search(heading) else ListRole.PLAIN
    if _STEPS.search(heading):
        return ListRole.STEPS
    if _HOW_TO.search(heading):
        return ListRole.APPROACHES if is_labeled else ListRole.STEPS
    if _HOW_WHY.match(heading):
        return ListRole.MECHANISMS
    if _BENEFITS.search(heading):
        return ListRole.BENEFITS
    if _HOW_WHY.search(heading):
        return ListRole.MECHANISMS
    return ListRole.APPROACHES if is_labeled else ListRole.PLAIN


def names_items(heading: str) -> bool:
    """Return whether *heading* announces items.

    Short lines with a number below it are then their labels, not headings.
    """
    patterns = (_HOW_WHY, _HOW_TO, _STEPS, _BENEFITS)
    return any(pattern.search(heading) for pattern in patterns)


def is_announcement(line: str) -> bool:
    """Return whether *line*, without its colon, names a list as a heading would.

    "Benefits of tea" does; "Tea has many benefits" is a sentence that leads to one.
    """
    return bool(_ANNOUNCEMENT.fullmatch(line)) and not _STATEMENT.search(line)


def is_faq(heading: str) -> bool:
    """Return whether *heading* announces questions and answers."""
    return bool(_FAQ.search(heading))


def is_disclaimer(heading: str) -> bool:
    """Return whether *heading* is nothing but "Disclaimer" or the like."""
    return bool(_DISCLAIMER.fullmatch(heading))


def is_note(label: str) -> bool:
    """Return whether *label* is a plain "Note", which may or may not be legal."""
    return bool(_NOTE.fullmatch(label))


def is_remark(label: str) -> bool:
    """Return whether *label* opens a tip or a warning, which belong to a subject."""
    return not (is_disclaimer(label) or is_note(label))


def sounds_legal(text: str) -> bool:
    """Return whether *text* limits what the article may be taken for."""
    return bool(_LEGAL.search(text))


def callout_tone(label: str) -> Tone:
    """Return the tone of a callout labelled *label*."""
    return Tone.WARNING if _WARNING.search(label) else Tone.INFO


def is_replies(line: str) -> bool:
    """Return whether *line* is where readers are invited, or told they are not."""
    return bool(_REPLIES.fullmatch(line) or _REPLIES_CLOSED.fullmatch(line))


def closes_replies(line: str) -> bool:
    """Return whether *line* says that replies are closed."""
    return bool(_REPLIES_CLOSED.fullmatch(line))


def is_form(line: str) -> bool:
    """Return whether *line* is a label or a button of a copied reply form.

    Its sentences ("Your email address will not be published") are for a person.
    """
    return bool(_FORM.fullmatch(line))


def is_byline(line: str) -> bool:
    """Return whether *line* names a person, a date or an address, not a subject."""
    return bool(_BYLINE.fullmatch(line)) and not _BYLINE_PLAIN.match(line)
