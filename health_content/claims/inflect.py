"""Forms of English words, made when the lexicon is loaded so that reading a text needs no lemmatizer."""

from __future__ import annotations

import re
from functools import lru_cache

_VOWELS = "aeiou"
_DOUBLING = re.compile(r"(?:[^aeiouy]|qu)[aeiou][bdgklmnprt]$|^[aeiou][bdglmnprt]$")
_STRESSED_LATE = frozenset(
    {
        "admit",
        "begin",
        "commit",
        "control",
        "defer",
        "expel",
        "forget",
        "occur",
        "permit",
        "prefer",
        "refer",
        "regret",
        "repel",
        "rid",
        "shed",
        "transfer",
        "unplug",
    }
)
IRREGULAR = {
    "be": "is are was were been being am", "beat": "beats beat beaten beating", "begin": "begins began begun beginning",
    "break": "breaks broke broken breaking", "bring": "brings brought bringing", "build": "builds built building",
    "burn": "burns burned burnt burning", "buy": "buys bought buying", "choose": "chooses chose chosen choosing",
    "come": "comes came coming", "cut": "cuts cutting", "die": "dies died dying", "do": "does did done doing",
    "draw": "draws drew drawn drawing", "drink": "drinks drank drunk drinking", "drive": "drives drove driven driving",
    "eat": "eats ate eaten eating", "fall": "falls fell fallen falling", "feed": "feeds fed feeding", "feel": "feels felt feeling",
    "fight": "fights fought fighting", "find": "finds found finding", "flee": "flees fled fleeing", "forget": "forgets forgot forgotten forgetting",
    "get": "gets got gotten getting", "give": "gives gave given giving", "go": "goes went gone going", "grow": "grows grew grown growing",
    "have": "has had having", "heal": "heals healed healing", "hide": "hides hid hidden hiding", "hold": "holds held holding",
    "hurt": "hurts hurting", "keep": "keeps kept keeping", "kill": "kills killed killing", "know": "knows knew known knowing",
    "leave": "leaves left leaving", "let": "lets letting", "lose": "loses lost losing", "make": "makes made making",
    "mean": "means meant meaning", "meet": "meets met meeting", "overcome": "overcomes overcame overcoming", "pay": "pays paid paying",
    "prove": "proves proved proven proving", "put": "puts putting", "quit": "quits quitting", "rebuild": "rebuilds rebuilt rebuilding", "rid": "rids ridding",
    "run": "runs ran running", "say": "says said saying", "see": "sees saw seen seeing", "sell": "sells sold selling", "send": "sends sent sending",
    "set": "sets setting", "shed": "sheds shedding", "show": "shows showed shown showing", "shrink": "shrinks shrank shrunk shrinking",
    "shut": "shuts shutting", "sleep": "sleeps slept sleeping", "speak": "speaks spoke spoken speaking", "spend": "spends spent spending", "spread": "spreads spreading",
    "stand": "stands stood standing", "steal": "steals stole stolen stealing", "swear": "swears swore sworn swearing", "swim": "swims swam swimming",
    "take": "takes took taken taking", "teach": "teaches taught teaching", "tell": "tells told telling", "think": "thinks thought thinking",
    "throw": "throws threw thrown throwing", "understand": "understands understood understanding", "undo": "undoes undid undone undoing",
    "wake": "wakes woke woken waking", "wear": "wears wore worn wearing", "win": "wins won winning", "write": "writes wrote written writing",
}  # fmt: skip
_PLURALS = {
    "man": "men", "woman": "women", "child": "children", "foot": "feet", "tooth": "teeth", "mouse": "mice",
    "person": "people", "life": "lives", "knife": "knives", "leaf": "leaves", "half": "halves", "diagnosis": "diagnoses",
    "virus": "viruses", "stimulus": "stimuli", "bacterium": "bacteria",
    "kilo": "kilos", "avocado": "avocados", "photo": "photos", "placebo": "placebos", "taco": "tacos", "libido": "libidos",
}  # fmt: skip
_BRITISH = (
    (re.compile(r"([a-z]{3})iz(e|es|ed|ing|ation|ations|er|ers)$"), r"\1is\2"),
    (re.compile(r"lyz(e|es|ed|ing)$"), r"lys\1"),
    (re.compile(r"^(tum|hum|col|fav|lab|behavi|neighb|flav|vap|od|rig|vig|sav|hon)or"), r"\1our"),
    (re.compile(r"^(program|gram)(s?)$"), r"\1me\2"),
    (re.compile(r"^(p)ediatri"), r"\1aediatri"),
    (re.compile(r"^(gyn)eco"), r"\1aeco"),
    (re.compile(r"^(an)emi"), r"\1aemi"),
    (re.compile(r"^(an)esthe"), r"\1aesthe"),
    (re.compile(r"^(leuk)emi"), r"\1aemi"),
    (re.compile(r"^(h)emo"), r"\1aemo"),
    (re.compile(r"^(diarrh)ea"), r"\1oea"),
    (re.compile(r"^(f)etus"), r"\1oetus"),
    (re.compile(r"^(fib)er(s?)$"), r"\1re\2"),
    (re.compile(r"^(yog)urt"), r"\1hurt"),
    (re.compile(r"([a-z]e)l(ed|ing|er)$"), r"\1ll\2"),
    (re.compile(r"^(ag)ing$"), r"\1eing"),
    (re.compile(r"^skeptic"), "sceptic"),
    (re.compile(r"^(practi)c(e|es|ed|ing)$"), r"\1s\2"),
)  # fmt: skip


def verb_forms(verb: str) -> set[str]:
    """Return *verb* with its third person, past and -ing forms."""
    head, _, tail = verb.partition(" ")
    if head in IRREGULAR:
        forms = {head, *IRREGULAR[head].split()}
    else:
        forms = {head, _with_s(head), *_past_and_ing(head)}
    return {f"{form} {tail}".strip() for form in forms}


def noun_forms(noun: str) -> set[str]:
    """Return *noun* in singular and plural; the last word of a phrase is the one that changes."""
    head, _, last = noun.rpartition(" ")
    plural = _PLURALS.get(last) or _with_s(last)
    return {noun, f"{head} {plural}".strip()}


def spellings(phrase: str) -> set[str]:
    """Return *phrase*, written the American way, with its British spellings."""
    words = phrase.split()
    british = [_british(word) for word in words]
    return {phrase, " ".join(british)}


@lru_cache(maxsize=50_000)
def _british(word: str) -> str:
    for pattern, replacement in _BRITISH:
        word = pattern.sub(replacement, word)
    return word


def _with_s(word: str) -> str:
    if re.search(r"(?:s|x|z|ch|sh)$", word):
        return f"{word}es"
    if word.endswith("wife"):
        return f"{word[:-2]}ves"
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search(r"[^aeiou]o$", word) else f"{word}s"


def _past_and_ing(verb: str) -> tuple[str, str]:
    if verb.endswith("ie"):
        return f"{verb}d", f"{verb[:-2]}ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("e"):
        return f"{verb}d", f"{verb}ing"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return f"{verb[:-1]}ied", f"{verb}ing"
    if verb in _STRESSED_LATE or (_syllables(verb) == 1 and _DOUBLING.search(verb)):
        return f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"
    return f"{verb}ed", f"{verb}ing"


def _syllables(word: str) -> int:
    return len(re.findall(r"[aeiouy]+", word))
