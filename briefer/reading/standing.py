"""Whether what a verb tells came to pass, and who says so.

In: a `Verb` of parsed `Clauses`. Out: its `Standing`: modality, negation, and the speaker whose word it is.
The verbs that govern it decide ("failed to", "plans to", "denied having"), then its auxiliaries, then what opens its
clause; the weakest link wins, because a plan inside a report is still a plan.
"""

import re
from dataclasses import dataclass

from briefer.reading.phrases import Clauses, Link, Noun, Verb, agents
from briefer.reading.verbs import effect, speech
from briefer.types import Modality


@dataclass(frozen=True, slots=True)
class Standing:
    """How a thing is told. `speaker` None is the article's own voice; `hearsay` is a report without a name."""

    modality: Modality
    negated: bool = False
    speaker: Noun | None = None
    hearsay: bool = False


# From the surest to the least real; of two links in a chain the later in this list holds for the whole.
_WEAKER = (
    Modality.OCCURRED, Modality.ONGOING, Modality.ATTEMPTED, Modality.PREDICTED, Modality.PLANNED,
    Modality.HYPOTHETICAL, Modality.DENIED,
)  # fmt: skip
_MODALS = {
    "will": Modality.PREDICTED, "shall": Modality.PREDICTED, "'ll": Modality.PREDICTED, "wo": Modality.PREDICTED,
    "sha": Modality.PREDICTED, "would": Modality.PREDICTED, "'d": Modality.PREDICTED, "can": Modality.HYPOTHETICAL,
    "could": Modality.HYPOTHETICAL, "may": Modality.HYPOTHETICAL, "might": Modality.HYPOTHETICAL,
    "ca": Modality.HYPOTHETICAL, "cannot": Modality.HYPOTHETICAL, "must": Modality.PLANNED, "should": Modality.PLANNED,
    "ought": Modality.PLANNED,
}  # fmt: skip
_EFFECTS = {
    "ongoing": Modality.ONGOING,
    "attempted": Modality.ATTEMPTED,
    "planned": Modality.PLANNED,
    "predicted": Modality.PREDICTED,
    "wished": Modality.HYPOTHETICAL,
}
_CONDITIONS = frozenset("if unless whether lest".split())
_UNREAL_OPENERS = frozenset("of at for about on toward towards from without against".split())
_ATTEMPTS = frozenset("attempt attempts bid effort efforts try struggle push".split())
_PLANS = frozenset(
    "plan plans operation offensive campaign order orders decision mission threat intention goal aim quest".split()
)
_NOW = frozenset("is are am 're 'm been".split())
_HEARSAY = frozenset("reportedly allegedly apparently supposedly purportedly".split())
_DONE_ADJECTIVES = frozenset("able first last second only forced quick".split())
_MORE_EFFECTS = {"unable": "failed", "ready": "planned", "about": "planned", "eager": "planned", "willing": "planned"}


def weaker(one: Modality, other: Modality) -> Modality:
    """The less real of two modalities."""
    return max(one, other, key=_WEAKER.index)


class Standings:
    """The standing of each verb of one sentence."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self._outer = self._outer_speaker()

    def of(self, verb: Verb) -> Standing:
        """How what this verb tells is told."""
        modality, negated, speaker, hearsay = _own(verb), verb.negated, None, self._reportedly(verb)
        inner = verb
        if verb.link is Link.PARTICIPLE and verb.governor is None and verb.opener in _UNREAL_OPENERS:
            modality = weaker(modality, Modality.HYPOTHETICAL)
        if verb.link is Link.INFINITIVE and verb.governor is None:
            modality = weaker(modality, Modality.HYPOTHETICAL)  # "the fight to take Sirte": nothing says it was won
        for governor in _chain(verb):
            if inner.link is Link.COMPLEMENT or (
                speech(governor.lemma) in ("deny", "accuse") and inner.link is Link.PARTICIPLE
            ):
                told, dropped = _told(governor)
                modality, negated = weaker(modality, told), negated or dropped
                speaker = speaker or _speaker(governor)
                hearsay = hearsay or (governor.passive and not agents(governor))
            else:
                linked, failed, seems = self._linked(inner, governor)
                modality, negated, hearsay = weaker(modality, linked), negated or failed, hearsay or seems
                if seems and governor.lemma == "claim" and governor.subject:
                    speaker = speaker or governor.subject[0]
            modality, negated = (
                weaker(modality, _own(governor, governing=True)),
                negated or (governor.negated and not negated),
            )
            inner = governor
        if speaker is None:
            speaker = self._report_behind(verb) or self._outer or self._report_before(verb)
        return Standing(modality, negated, speaker, hearsay)

    def _reportedly(self, verb: Verb) -> bool:
        return not _HEARSAY.isdisjoint(self.clauses.tokens.lower[max(0, verb.first - 2) : verb.last])

    def _linked(self, verb: Verb, governor: Verb) -> tuple[Modality, bool, bool]:
        """Modality, failure and hearsay that a governing verb lends an infinitive or participle."""
        if verb.link is Link.PARTICIPLE and governor.last != verb.first:
            if verb.opener == "without" or (verb.opener == "from" and effect(governor.lemma) == "failed"):
                return Modality.OCCURRED, True, False
            real = verb.opener not in _UNREAL_OPENERS
            return (Modality.OCCURRED if real else Modality.HYPOTHETICAL), False, False
        if verb.noun_governor >= 0 and verb.link is Link.INFINITIVE:
            noun = self.clauses.tokens.lower[verb.noun_governor]
            if noun in _ATTEMPTS:
                return Modality.ATTEMPTED, False, False
            open_end = governor.form != "B" and governor.lemma != "pave" and effect(governor.lemma) in ("", "seems")
            if noun in _PLANS:
                return Modality.PLANNED, False, False
            if open_end:
                return Modality.HYPOTHETICAL, False, False
        return self._by_effect(verb, governor)

    def _by_effect(self, verb: Verb, governor: Verb) -> tuple[Modality, bool, bool]:
        found = self._effect(verb, governor)
        if found == "failed":
            return Modality.ATTEMPTED, True, False
        if found == "seems":
            return Modality.OCCURRED, False, True
        if found == "done":
            return Modality.OCCURRED, False, False
        if found:
            return _EFFECTS[found], False, False
        # An infinitive without a word on its outcome is a purpose ("stationed there to guard the town"): nobody's plan.
        return (Modality.HYPOTHETICAL if verb.link is Link.INFINITIVE else Modality.OCCURRED), False, False

    def _effect(self, verb: Verb, governor: Verb) -> str:
        if governor.form == "B":
            return self._adjective_effect(governor.last, verb.first)
        if governor.lemma == "pave":
            return "done" if governor.form in "dp" else "planned"  # only a past tense says that the way was taken
        if governor.lemma == "go" and governor.form == "g":
            return "planned"
        if governor.lemma in ("have", "need") or governor.form == "H":
            return "done" if self.clauses.tokens.lower[governor.head] == "had" else "planned"
        return effect(governor.lemma)

    def _adjective_effect(self, first: int, last: int) -> str:
        for word in self.clauses.tokens.lower[first:last]:
            if word in _DONE_ADJECTIVES:
                return "done"
            if found := _MORE_EFFECTS.get(word) or effect(word):
                return found
        return "planned"

    # ── who says it ──

    def _report_behind(self, verb: Verb) -> Noun | None:
        """Who speaks for all before it, at the end of the sentence or set off ("..., residents said.")."""
        for report in self.clauses.verbs:
            if report.head <= verb.head or not report.reports or not report.subject:
                continue
            if report.link is Link.RELATIVE and not self._ends_sentence(report):
                continue
            if report.passive or any(
                other.governor is report and other.link is Link.COMPLEMENT for other in self.clauses.verbs
            ):
                continue
            if self._set_off(report) or self._ends_sentence(report):
                return report.subject[0]
        return None

    def _report_before(self, verb: Verb) -> Noun | None:
        """Who opens a sentence by saying speaks for what is joined on ("X said 33 were killed and another 487 hurt").

        A comma with "and", "but" or a word of time before a clause leaves open whose words it is: the outlet's.
        """
        tags = self.clauses.tags
        for report in reversed(self.clauses.verbs):
            if report.head >= verb.head or report.lemma not in _SAYING or report.passive or not report.subject:
                continue
            if report.link not in (Link.MAIN, Link.COMPLEMENT) or verb.link is Link.RELATIVE:
                return None
            between = tags[report.last : verb.first]
            return None if _NEW_CLAUSE.search(between) or self._closed_off(report) else report.subject[0]
        return None

    def _closed_off(self, report: Verb) -> bool:
        """An aside is "..., he said, ..."; a report without content behind it is a remark of its own."""
        return _tag_after(self.clauses.tags, report.last) in (",", ".", "")

    def _set_off(self, report: Verb) -> bool:
        first = min(report.first, report.subject[0].first)
        return self.clauses.tags[first - 1 : first] in (",", '"')

    def _ends_sentence(self, report: Verb) -> bool:
        return not any(verb.head > report.head for verb in self.clauses.verbs) and not report.objects

    def _outer_speaker(self) -> Noun | None:
        """Who speaks for the whole sentence by "according to X"."""
        lower = self.clauses.tokens.lower
        if "according" not in lower:
            return None
        at = lower.index("according")
        return next((noun for noun in self.clauses.nouns if noun.first >= at + 2), None)


_SAYING = frozenset(
    "say tell report announce state claim declare confirm add acknowledge admit insist maintain allege reveal".split()
)
_NEW_CLAUSE = re.compile(r",[CKW]|[CK]T*,|W")


def _tag_after(tags: str, at: int) -> str:
    """The tag at a place, times and adverbs looked over; "" behind the end."""
    rest = tags[at:].lstrip("TR")
    return rest[:1]


def _chain(verb: Verb) -> list[Verb]:
    chain: list[Verb] = []
    governor = verb.governor
    while governor is not None and governor not in chain and len(chain) < 6:
        chain.append(governor)
        governor = governor.governor
    return chain


def _own(verb: Verb, *, governing: bool = False) -> Modality:
    """What a verb's own auxiliaries and the opening of its clause say."""
    modality = Modality.OCCURRED
    for word in verb.auxiliaries:
        if word in _MODALS:
            modality = weaker(modality, _MODALS[word])
    if verb.opener in _CONDITIONS:
        modality = weaker(modality, Modality.HYPOTHETICAL)
    present = any(word in _NOW for word in verb.auxiliaries)
    if not governing and modality is Modality.OCCURRED and verb.form == "g" and present:
        return Modality.ONGOING
    return modality


def _told(governor: Verb) -> tuple[Modality, bool]:
    """What a verb of saying makes of its content; True where it takes it back ("did not confirm that")."""
    group = speech(governor.lemma)
    if group == "deny":
        return Modality.DENIED, False
    if group == "predict":
        return Modality.PREDICTED, False
    return Modality.OCCURRED, False


def _speaker(governor: Verb) -> Noun | None:
    who = agents(governor)
    return who[0] if who and speech(governor.lemma) else None
