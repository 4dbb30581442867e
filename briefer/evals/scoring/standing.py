"""What a claim of a briefing is worth: the claim and its article in, a `ScoredClaim` with its standing out.

The reference written by hand decides first, then the verifier, then a judge where one was asked. A claim that the
reference carries stands, whatever the verifier says. One that cites sentences which the reference has read, and is none
of the things it read there but near to one, says otherwise than its source, unless a judge finds it supported.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefer.evals.cases import Case, Forbidden, Reference
from briefer.evals.results import FALSE, Cite, ScoredClaim, Standing, Voucher
from briefer.evals.scoring.comparing import WORDED, Compared, Outcome, compare, within
from briefer.evals.scoring.names import Names
from briefer.evals.scoring.said import Said, of_claim, of_reference
from briefer.evals.scoring.wording import has_time
from briefer.types import Article, Claim, Extent, Modality, Reason, Ruling
from briefer.verify import verify

_MISREAD = 2
"""Fields in which a claim may differ from a reference claim of the same sentences and still be that claim, misread."""
_SILENT = frozenset({Reason.FABRICATED, Reason.INJECTED})
"""Reasons for which no source says it; for all others one says otherwise."""
_SMALL = frozenset({Extent.PART, Extent.OUTSKIRTS})
_NAMING = frozenset({"actor", "opponent", "place", "people", "equipment", "words", "object"})
"""Fields of which one must agree where two assertions are the same."""


@dataclass(frozen=True, slots=True)
class Written:
    """A claim of the reference, and what it asserts."""

    claim: Reference
    said: Said
    must: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A claim of a briefing as it was scored: what it asserts, the reference nearest to it, and all that carry it."""

    scored: ScoredClaim
    said: Said
    nearest: Compared | None
    carrying: Sequence[tuple[Written, Compared]]


class Bench:
    """One case, ready to have claims held against it. `articles` are those of the briefing by id."""

    def __init__(self, case: Case, articles: Mapping[str, Article], language: str = "en") -> None:
        self.case, self.articles, self.language = case, articles, language
        self.names = Names(case.sheet)

    @cached_property
    def written(self) -> Sequence[Written]:
        """The reference claims, those that must be told first."""
        must = [(claim, True) for claim in self.case.sheet.must]
        may = [(claim, False) for claim in self.case.sheet.may]
        by_name = self.case.articles
        return [Written(claim, of_reference(claim, by_name, self.names), each) for claim, each in (*must, *may)]

    @cached_property
    def forbidden(self) -> Sequence[tuple[Forbidden, Said]]:
        """The claims that must not be told."""
        by_name = self.case.articles
        return [(claim, of_reference(claim, by_name, self.names)) for claim in self.case.sheet.must_not]

    @cached_property
    def _event_cites(self) -> Mapping[str, frozenset[str]]:
        """The sentences that any claim of an event rests on."""
        found: dict[str, frozenset[str]] = {}
        for each in self.written:
            found[each.claim.event] = found.get(each.claim.event, frozenset()) | each.said.cites
        return found

    @cached_property
    def _read(self) -> frozenset[str]:
        return frozenset().union(*self._event_cites.values())

    def hold(self, claim: Claim, *, shown: bool, judged: Claim | None) -> Held:
        """The claim, scored."""
        article = self.articles.get(claim.article)
        ruled = verify(claim, article, language=self.language) if article is not None else None
        verdict = ruled.verdict if ruled is not None else Ruling.UNSUPPORTED
        reason = ruled.reason if ruled is not None else Reason.FABRICATED
        said = of_claim(claim, article, self.names)
        beside = [(each, compare(said, each.said)) for each in self.written]
        finding = _Finding(self, said, beside, verdict, reason, judged)
        found = finding.found()
        false = found.standing in FALSE
        scored = ScoredClaim(
            id=claim.id,
            text=claim.text,
            shown=shown,
            standing=found.standing,
            verdict=verdict,
            reason=reason,
            judged=judged.verdict if judged else None,
            judged_reason=judged.reason if judged else None,
            reference=found.written.claim.id if found.written else "",
            forbidden=found.forbidden,
            vouched=None if false else _voucher(found, said, verdict, judged),
            cited_right=found.cited_right,
            why=found.why if article is not None else "it cites no article of this case",
            evidence=_cites(claim, article),
            differences=found.compared.differences() if found.compared else (),
        )
        return Held(scored, said, found.compared, finding.carrying())

    def cites_event(self, said: Said, written: Written) -> bool:
        """Whether it cites a sentence that some claim of the same event rests on."""
        return bool(said.cites & self._event_cites[written.claim.event])

    def has_read(self, said: Said) -> bool:
        """Whether all the sentences that it cites are evidence of the reference."""
        return bool(said.cites) and said.cites <= self._read


def vouches(compared: Compared, said: Said) -> bool:
    """Whether the reference says the same in every field, of words that are cited: near is not enough.

    What is in words rather than in fields may be turned by one of them: for such kinds the reference cannot vouch. Nor
    can it for what leaves out its day and might be an old story, or that it was a part of the place or beside it, for a
    time that it does not tell, nor where somebody is shown under another's name.
    """
    if said.renamed or _widens(compared) or _tells_time_alone(compared):
        return False
    bare = compared.outcomes.get("when") is Outcome.LESS and Modality.HISTORICAL in compared.reference.modalities
    worded = compared.said.kinds & WORDED or compared.reference.kinds & WORDED
    if bare or worded or not said.cites & compared.reference.cites:
        return False
    others = {name for name, outcome in compared.outcomes.items() if outcome not in (Outcome.SAME, Outcome.LESS)}
    return others <= {"object"} and compared.outcomes.get("object") is not Outcome.MORE


def _tells_time_alone(compared: Compared) -> bool:
    """Whether it tells a day of which the reference says nothing, or a part of the day that no sentence cited has."""
    mine = compared.said.time
    unseen = compared.reference.time.told is None and bool(mine.told or mine.written)
    return unseen or not has_time(mine.written, compared.said.cites)


def _widens(compared: Compared) -> bool:
    """Whether it tells of a whole place what the reference tells of a part of it, or of a spot beside it."""
    less = {name for name, outcome in compared.outcomes.items() if outcome is Outcome.LESS}
    part = "extent" in less and compared.reference.extent in _SMALL
    return part or ("relation" in less and not within(compared.reference.relation))


def _voucher(found: "_Found", said: Said, verdict: Ruling, judged: Claim | None) -> Voucher | None:
    if found.compared is not None and found.standing is Standing.CARRIED and vouches(found.compared, said):
        return Voucher.REFERENCE
    if verdict is Ruling.SUPPORTED:
        return Voucher.VERIFIER
    return Voucher.JUDGE if judged is not None and judged.verdict is Ruling.SUPPORTED else None


def agrees(compared: Compared) -> bool:
    """Whether the reference claim carries the other: nothing says otherwise, and it is the same thing."""
    if compared.wrong or not compared.agreeing & _NAMING:
        return False
    if compared.said.kinds & WORDED and compared.reference.kinds & WORDED:
        return "words" in compared.agreeing
    placed = compared.outcomes.get("place") in (Outcome.SAME, Outcome.NEAR, None)
    counted = compared.agreeing & {"people", "equipment"} and compared.said.cites & compared.reference.cites
    return placed or "actor" in compared.agreeing or bool(counted)


def says_all(compared: Compared) -> bool:
    """Whether the reference claim says all that the other does: nothing is added, and nothing only nearly the same.

    Of what is in words that cannot be told.
    """
    worded = compared.said.kinds & WORDED or compared.reference.kinds & WORDED
    return not worded and agrees(compared) and set(compared.outcomes.values()) <= {Outcome.SAME, Outcome.LESS}


def is_near(compared: Compared) -> bool:
    """Whether it may be meant for that reference claim, though it differs in a field or two."""
    same_kind = "kind" not in compared.wrong
    return same_kind and 0 < len(compared.wrong) <= _MISREAD and bool(compared.agreeing & _NAMING)


def _sameness(compared: Compared) -> int:
    return sum(outcome is Outcome.SAME for outcome in compared.outcomes.values())


def _nearness(compared: Compared, said: Said) -> tuple[int, int, int]:
    overlap = len(compared.reference.cites & said.cites)
    return -len(compared.wrong), min(overlap, 1), len(compared.agreeing)


def _cites(claim: Claim, article: Article | None) -> tuple[Cite, ...]:
    name = article.name if article is not None else claim.article
    return tuple(Cite(article=name, start=each.start, end=each.end, quote=each.quote) for each in claim.evidence)


@dataclass(frozen=True, slots=True)
class _Found:
    standing: Standing
    why: str
    written: Written | None = None
    compared: Compared | None = None
    forbidden: str = ""
    cited_right: bool | None = None


@dataclass(frozen=True, slots=True)
class _Finding:
    """What decides the standing of one claim."""

    bench: Bench
    said: Said
    beside: Sequence[tuple[Written, Compared]]
    verdict: Ruling
    reason: Reason | None
    judged: Claim | None

    def found(self) -> _Found:
        carried = next(iter(self.carrying()), None)
        misread = next(iter(self._misread()), None)
        forbidden, likeness = self._forbidden()
        if forbidden and (carried is None or self._is_nearer(likeness, carried[1])):
            return _Found(Standing.FORBIDDEN, f"the case forbids it: {forbidden}", forbidden=forbidden)
        if carried is not None and (misread is None or self._is_own(carried[0])):
            return self._carried(*carried)
        if self.verdict is Ruling.UNSUPPORTED:
            return self._refused("the verifier", self.reason, misread)
        if misread is not None:
            written, compared = misread
            why = f"the reference reads these words otherwise ({', '.join(compared.wrong)})"
            if self.judged is None or self.judged.verdict is not Ruling.SUPPORTED:
                return _Found(Standing.CONTRADICTED, why, written, compared)
            return _Found(Standing.UNLISTED, f"{why}, and the judge finds it supported", written, compared)
        if self.judged is not None and self.judged.verdict is Ruling.UNSUPPORTED:
            return self._refused("the judge", self.judged.reason, misread)
        return _Found(Standing.UNLISTED, "the reference does not have it; nothing is found against it")

    def carrying(self) -> list[tuple[Written, Compared]]:
        """The reference claims that carry it, those whose sentences it cites first."""
        return self._nearest_first((each, compared) for each, compared in self.beside if agrees(compared))

    def _misread(self) -> list[tuple[Written, Compared]]:
        """The reference claims of the same sentences that it is near to and differs from, the nearest first."""
        own = ((each, compared) for each, compared in self.beside if each.said.cites & self.said.cites)
        return self._nearest_first((each, compared) for each, compared in own if is_near(compared))

    def _nearest_first(self, pairs: Iterable[tuple[Written, Compared]]) -> list[tuple[Written, Compared]]:
        return sorted(pairs, key=lambda pair: _nearness(pair[1], self.said), reverse=True)

    def _is_own(self, written: Written) -> bool:
        """Whether it cites that claim's own words, rather than those of another voice or another day."""
        return bool(self.said.cites & written.said.cites)

    def _carried(self, written: Written, compared: Compared) -> _Found:
        """Carried, unless it cites words that the reference has read as something else and nobody vouches for them."""
        if self.bench.cites_event(self.said, written):
            return _Found(Standing.CARRIED, "", written, compared, cited_right=True)
        if self.verdict is Ruling.UNSUPPORTED or (self.bench.has_read(self.said) and self.verdict is Ruling.UNCLEAR):
            why = "it is true, and the words that it cites are of something else"
            return _Found(Standing.NOT_FOUND, why, written, compared, cited_right=False)
        right = True if self.verdict is Ruling.SUPPORTED else None
        return _Found(Standing.CARRIED, "", written, compared, cited_right=right)

    def _forbidden(self) -> tuple[str, int]:
        """The nearest must_not that it tells, "" for none, and in how many fields it says the same."""
        told = [(0, "")]
        for claim, said in self.bench.forbidden:
            compared = compare(self.said, said)
            less = {name for name, outcome in compared.outcomes.items() if outcome is Outcome.LESS}
            if agrees(compared) and not less & {"change", "actor", "place", "people", "equipment", "relation"}:
                told.append((_sameness(compared), claim.id))
        likeness, id = max(told)
        return id, likeness

    def _is_nearer(self, likeness: int, carried: Compared) -> bool:
        """Whether it is rather what must not be told than a claim of the reference that leaves out what makes it so."""
        return not says_all(carried) and likeness > _sameness(carried)

    def _refused(self, who: str, reason: Reason | None, misread: tuple[Written, Compared] | None) -> _Found:
        standing = Standing.NOT_FOUND if reason is None or reason in _SILENT else Standing.CONTRADICTED
        written, compared = misread if misread is not None else (None, None)
        return _Found(standing, f"{who} finds it unsupported ({reason or 'no reason'})", written, compared)
