"""Edits of who says it: what somebody claims told as fact, what somebody denies told as fact."""

import re
from collections.abc import Iterator

from briefer.evals.making.lie import Draft, Draw
from briefer.evals.making.line import Line, sentence, within
from briefer.evals.making.page import Page
from briefer.reading.verbs import base_form, past

_SAID = (
    r"(?:said|says|claimed|claims|announced|reported|alleged|asserted|insisted|declared|stated|told (?:\w+ ){1,3}|"
    r"maintained|confirmed)"
)
_WHO = r"(?!that |which |who |where )[^,;.\"“”]{2,70}?"
_BEHIND = re.compile(
    rf", (?:and )?{_WHO}(?:, {_WHO},)? {_SAID}(?: on \w+day)?\.?\Z|, (?:according to|by the account of) {_WHO}\.?\Z"
    rf"|, said (?:(?:the|a|an|one|two) |(?=[A-Z])){_WHO}\.?\Z"
)
_BEFORE = re.compile(rf"\A(?:According to|By the account of) {_WHO}, (?=\w)", re.IGNORECASE)
_THAT = re.compile(
    rf"\A(?P<who>{_WHO}) {_SAID}(?: on \w+day)? (?:that )?(?P<what>(?:it|they|he|she|its|their|his|her|the|an?|[A-Z]|\d"
    r"|no|two|three|four|five|six|at|more)\b.*)\Z",
    re.DOTALL,
)
_HEARSAY = re.compile(r"\b(?:reportedly|allegedly|apparently|supposedly) |, reportedly,|, allegedly,", re.IGNORECASE)
_ASIDE = re.compile(rf", {_WHO} {_SAID},")
_DENIED = re.compile(
    r"\A(?P<who>[^;.]{2,90}?),? (?:has |have |had |also )?"
    r"(?:denie[sd]|deny|reject(?:ed|s)|dismiss(?:ed|es)|disput(?:ed|es)|refut(?:ed|es)) (?P<rest>.+)\Z",
    re.DOTALL,
)
_THAT_IS_DENIED = re.compile(
    r"(?:(?:the |a |any )?(?:reports?|claims?|charges?|allegations?|accusations?|suggestions?|rumours?)"
    r"(?: by [^,]{2,50}?|, made [^,]{2,40},)? )?that (?P<what>.+)\Z",
    re.DOTALL,
)
_HAVING = re.compile(r"(?:having )?(?P<verb>[a-z]+(?:ed|ing|n|d|t|k|g|p))\b(?P<rest> .+)\Z", re.DOTALL)
_WHICH = re.compile(
    rf", (?:which|something|a charge|a claim|though) {_WHO} "
    r"(?:denies|denied|rejected|rejects|has denied|disputes)[^,.]*"
)
_PRONOUN = re.compile(r"\A(?P<word>it|they|he|she|its|their|his|her)\b", re.IGNORECASE)


def as_fact(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """The words of a speaker without the speaker."""
    for pattern, words in ((_BEHIND, "."), (_BEFORE, ""), (_ASIDE, ""), (_HEARSAY, " ")):
        found = pattern.search(line.text)
        if found is not None and not (pattern is _BEFORE and _GOES_ON.match(line.text[found.end() :])):
            yield Draft(_told(line.swap([(*found.span(), words)])), f"dropped {found[0].strip(' ,.')!r}")
    found = _THAT.match(line.text)
    if found is not None and not _NO_SPEAKER.search(found["who"]) and " and that " not in found["what"]:
        yield Draft(_told(_for_pronoun(found["what"], found["who"])), f"dropped {found['who']!r} as the speaker")


def denial_as_fact(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """What somebody denies, as if nobody did."""
    which = _WHICH.search(line.text)
    if which is not None:
        yield Draft(line.swap([(*which.span(), "")]), f"dropped {which[0].strip(' ,')!r}")
    found = _DENIED.match(line.text)
    if found is None:
        return
    edit = f"dropped that {found['who']} denied it"
    if (that := _THAT_IS_DENIED.match(found["rest"])) is not None:
        yield Draft(_told(_for_pronoun(that["what"], found["who"])), edit)
    elif (having := _HAVING.match(found["rest"])) is not None:
        running = having["verb"].endswith("ing")
        lemma = base_form(having["verb"], "g" if running else "p")
        if running or found["rest"].startswith("having "):
            yield Draft(sentence(f"{found['who']} {past(lemma)}{having['rest']}"), edit)


def _for_pronoun(what: str, who: str) -> str:
    """The words with the speaker for "it" and "they" at their start."""
    found = _PRONOUN.match(what)
    if found is None:
        return what
    owner = "’s" if found["word"].lower() in ("its", "their", "his", "her") else ""
    return f"{within(who)}{owner}{what[found.end() :]}"


def _told(text: str) -> str:
    """In the past tense, where saying had it in the one before."""
    line = Line(sentence(text))
    for verb in line.clauses.verbs:
        if verb.auxiliaries[:1] != ("had",) or verb.negated or verb.last - verb.first != len(verb.auxiliaries) + 1:
            continue
        if verb.auxiliaries == ("had", "been"):
            many = len(verb.subject) > 1 or any(line.is_plural(noun) for noun in verb.subject)
            return line.put(verb.first, verb.head, "were" if many else "was")
        if verb.auxiliaries == ("had",):
            return line.put(verb.first, verb.head + 1, past(verb.lemma) if verb.lemma != "be" else "was")
    return line.text


_GOES_ON = re.compile(r"(?:the|a|an|its|his|her|their|which|who) [^,]{3,80}, ")
_NO_SPEAKER = re.compile(r"\b(?:has|have|had|and|but|was|were)\b")
