"""Verb forms: the base of an inflected verb, and what classes of verbs do to their neighbours.

Data: data/irregular.tsv, data/speech.tsv, data/governors.tsv, data/events.tsv.
"""

from functools import cache, lru_cache
from importlib import resources

from briefer.reading.lexicon import words

_VOWELS = frozenset("aeiou")


def rows(name: str) -> list[list[str]]:
    """The tab-separated rows of a data file, comments and blank lines left out."""
    text = resources.files("briefer.reading").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _irregular() -> dict[str, str]:
    table: dict[str, str] = {}
    for base, past, participle in rows("irregular.tsv"):
        for form in f"{past} {participle}".split():
            table.setdefault(form, base)
    return table


@lru_cache(maxsize=16384)
def base_form(word: str, form: str) -> str:
    """The base of a lower-case verb form; `form` is its tag (v, z, d, p, g). Unknown forms lose their ending."""
    if form in "vBHOM":
        return word
    if form in "dp" and word in _irregular():
        return _irregular()[word]
    for base in _bases(word, form):
        if "v" in words().get(base, ""):
            return base
    return next(iter(_bases(word, form)), word)


def _bases(word: str, form: str) -> list[str]:
    """Candidates for the base, the likeliest first."""
    ending = {"z": "s", "d": "ed", "p": "ed", "g": "ing"}.get(form, "")
    if not ending or not word.endswith(ending):
        return [word]
    stem = word[: -len(ending)]
    if form == "z":
        return [stem[:-2] + "y", stem] if stem.endswith("ie") else [stem, stem[:-1]] if stem.endswith("e") else [stem]
    if stem.endswith("i") and form in "dp":
        return [stem[:-1] + "y"]
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        # "Repelled" doubles its l, "called" does not: the lexicon decides by the order tried.
        return [stem, stem[:-1], stem + "e"] if stem[-1] in "ls" else [stem[:-1], stem]
    if (len(stem) > 2 and stem[-1] in "cgsuvz") or stem.endswith(("at", "ir", "or", "ar", "ur", "ok", "in", "ak")):
        return [stem + "e", stem]
    return [stem, stem + "e"]


@cache
def _irregular_forms() -> dict[str, list[str]]:
    return {base: [*past.split(), *participle.split()] for base, past, participle in rows("irregular.tsv")}


@cache
def _past_only() -> frozenset[str]:
    return frozenset(past for forms in _irregular_forms().values() for past in forms) - frozenset(
        participle for _, _, listed in rows("irregular.tsv") for participle in listed.split()
    )


def is_participle(word: str) -> bool:
    """Whether a past form can be a passive participle: "seized" can, "took" cannot."""
    return word not in _past_only()


def forms(lemma: str) -> frozenset[str]:
    """Every form that a base form may take, the wrong spellings of the rules among them ("stoped")."""
    stem = lemma[:-1] if lemma[-1] in "ey" else lemma
    doubled = lemma + lemma[-1]
    return frozenset(
        [
            *(lemma, f"{lemma}s", f"{lemma}es", f"{stem}ies"),
            *(f"{lemma}ed", f"{lemma}d", f"{stem}ied", f"{doubled}ed"),
            *(f"{lemma}ing", f"{stem}ing", f"{doubled}ing"),
            *_irregular_forms().get(lemma, []),
        ]
    )


@cache
def _pasts() -> dict[str, str]:
    return {base: past.split()[0] for base, past, _ in rows("irregular.tsv")}


def past(lemma: str) -> str:
    """The past tense of a base form ("seize" -> "seized", "take" -> "took")."""
    if lemma in _pasts():
        return _pasts()[lemma]
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return lemma[:-1] + "ied"
    doubled = len(lemma) > 2 and lemma[-1] in "bgmnpt" and lemma[-2] in _VOWELS and lemma[-3] not in _VOWELS
    if (doubled and len(lemma) < 5) or lemma in ("repel", "expel", "patrol"):
        return lemma + lemma[-1] + "ed"
    return lemma + "ed"


@cache
def _groups(name: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for group, listed in rows(name):
        for word in listed.split():
            table.setdefault(word, group)
    return table


def speech(lemma: str) -> str:
    """The group of a verb of saying: report, deny, predict, accuse, or "" for none."""
    return _groups("speech.tsv").get(lemma, "")


def effect(lemma: str) -> str:
    """What a verb does to the verb it governs: done, ongoing, attempted, failed, planned, predicted, seems, or ""."""
    return _groups("governors.tsv").get(lemma, "")


REPORTING = frozenset(_groups("speech.tsv"))
OBJECT_CONTROL = frozenset(
    "force order urge allow help push ask tell compel enable oblige prompt cause lead call command instruct "
    "invite want expect persuade require permit forbid prevent let send beg request authorize authorise".split()
)
_INTRANSITIVE = frozenset(
    "advance retreat withdraw fall flee die arrive come go rise remain erupt continue return happen occur say "
    "move begin start clash fight resign live stand sit lie stay speak".split()
)


def takes_object(lemma: str) -> bool:
    """Whether the bare past form of this verb without an object is likely a passive participle."""
    return lemma not in _INTRANSITIVE and lemma not in REPORTING
