"""What a correction takes back: it and the earlier claims of its outlet in, the ids of those that it kills out.

Rather too few than too many: a claim falls where the notice means it by the story that it stood in, or by what it says
of whom, where and how many. The claims of another outlet never fall, whatever it corrects. Two versions of one
address are compared sentence by sentence.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from rapidfuzz import fuzz

from briefer.extract.rules import claims_of
from briefer.reading import numbers
from briefer.reading.house import NO_HOUSE, House
from briefer.reading.names import fold, same_spelling
from briefer.reading.notices import MARK
from briefer.types import (
    REAL,
    Actor,
    Article,
    CasualtyKind,
    Change,
    Claim,
    Claimant,
    Correction,
    Kind,
    Place,
    Span,
    identifier,
)

SAME_TITLE = 90  # of 100, letter by letter, folded: a headline quoted without its last word still means the story
SAME_PLACE = 0.95  # as merging joins names by their sound alone
SHARED = 0.6  # of the words of what was wrong that a claim's sentence holds, where the rules cannot read the notice
VERSION = 0.3  # of the old sentences that a new text keeps; with fewer it is another text at the same address
FEWEST = 3  # words that a notice and a claim's sentence share at least, where nothing else tells which claim is meant

_TAKEN = frozenset({Change.CAPTURED, Change.RECAPTURED})
_WORD = re.compile(r"[^\W\d_]{3,}")
_SMALL = frozenset(
    "the and that this with from for was were had has have been are its their his her they which who not but into "
    "after near said story report article paragraph number version earlier correction corrected "
    "corrects than because".split()
)
_COUNTED = (
    (CasualtyKind.KILLED, re.compile(r"\b(?:kill\w*|dead|death\w*|died|toll|dies)\b", re.IGNORECASE)),
    (CasualtyKind.WOUNDED, re.compile(r"\b(?:wound\w*|injur\w*|hurt)\b", re.IGNORECASE)),
    (CasualtyKind.CAPTURED, re.compile(r"\b(?:captur\w*|prisoner\w*|surrender\w*|detain\w*)\b", re.IGNORECASE)),
    (CasualtyKind.MISSING, re.compile(r"\bmissing\b", re.IGNORECASE)),
)
_SPOKEN = re.compile(r"\w+")
_TRACKING = re.compile(r"utm_|fbclid|gclid|ref\Z|cmpid", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Meant:
    """What a notice says: its words, the claims that its `wrong` makes, and the numbers on either side."""

    correction: Correction
    notice: str
    said: tuple[Claim, ...]
    wrong: frozenset[int]
    right: frozenset[int]


def killed(
    correction: Correction,
    article: Article,
    earlier: Sequence[Claim],
    articles: Mapping[str, Article],
    house: House = NO_HOUSE,
) -> frozenset[str]:
    """The ids of the claims that a correction kills, of those in `earlier`.

    `article` is the one that corrects; `articles` holds those of the claims, by id. Claims of other publishers, of
    articles that are not given and of later ones stand. Of the correcting article's own, those fall that only repeat
    what the notice takes back, and all where it takes back the whole article.
    """
    meant = _meant(correction, article)
    repeated = frozenset(
        claim.id for claim in earlier if claim.article == article.id and _is_repeated(claim, meant, correction)
    )
    return repeated | _killed_before(meant, article, earlier, articles, house)


def _is_repeated(claim: Claim, meant: _Meant, correction: Correction) -> bool:
    """Whether a claim of the correcting article is what its notice takes back."""
    if correction.itself and _takes_back_all(correction):
        return True
    if not {evidence.sentence for evidence in claim.evidence} <= set(correction.evidence):
        return False
    falls = correction.kind == "retraction" or _is_meant(claim, meant, in_story=True)
    return falls or (_counts(claim, meant.wrong) and not _counts(claim, meant.right))


def _killed_before(
    meant: _Meant,
    article: Article,
    earlier: Sequence[Claim],
    articles: Mapping[str, Article],
    house: House,
) -> frozenset[str]:
    correction = meant.correction
    own = [claim for claim in earlier if _may_be_meant(articles.get(claim.article), article, house)]
    story = [claim for claim in own if _is_the_story(articles[claim.article], correction, article)]
    if story and _takes_back_all(correction):
        return frozenset(claim.id for claim in story)
    if correction.itself:
        story = [claim for claim in story if not _still_said(claim, article)]
    among = story or ([] if correction.about and not correction.wrong else own)
    return frozenset(claim.id for claim in among if _is_meant(claim, meant, in_story=bool(story)))


def superseded(old: Article, new: Article) -> bool:
    """Whether the new article is a later version of the old one: one address, another text that keeps some of it."""
    if old.id == new.id or not _same_address(old.url, new.url) or _later(old, new):
        return False
    before, after = _sentences(old), _sentences(new)
    return bool(before) and len(before & after) >= VERSION * len(before)


def fallen(claims: Iterable[Claim], new: Article, said: Sequence[Claim] = ()) -> frozenset[str]:
    """The ids of an older version's claims that stand no more: a sentence of their evidence is gone or changed.

    With `said`, the claims of the new version, what it says in other words still stands.
    """
    after = _sentences(new)
    return frozenset(
        claim.id
        for claim in claims
        if not all(_plain(evidence.quote) in after for evidence in claim.evidence)
        and not any(_alike(claim, one) and _numbers(claim.text) == _numbers(one.text) for one in said)
    )


def _may_be_meant(of: Article | None, article: Article, house: House) -> bool:
    if of is None or of.id == article.id or _later(of, article):
        return False
    if _same_address(of.url, article.url):
        return True
    own = house.publisher(article.outlet) if article.outlet else ""
    return bool(own) and own in (house.publisher(of.outlet), house.publisher(of.wire))


def _later(one: Article, other: Article) -> bool:
    return bool(one.published and other.published and one.published > other.published)


def _is_the_story(of: Article, correction: Correction, article: Article) -> bool:
    """Whether an earlier article is the one that the notice stands in or names."""
    if correction.itself:
        same_title = bool(article.title and of.title) and fuzz.ratio(_headline(of), _headline(article)) >= SAME_TITLE
        return _same_address(of.url, article.url) or (same_title and of.outlet == article.outlet)
    about = correction.about
    if about.startswith(("http://", "https://")):
        return _same_address(of.url, about)
    return bool(about and of.title) and fuzz.ratio(fold(of.title), fold(about)) >= SAME_TITLE


def _headline(article: Article) -> str:
    """The title, folded, without the mark of a correction before it: "CORRECTION-Column turned back"."""
    mark = MARK.match(article.title)
    return fold(article.title[mark.end() :] if mark and mark["alone"] is None else article.title)


def _takes_back_all(correction: Correction) -> bool:
    return correction.kind == "retraction" and (bool(correction.about) or not correction.wrong)


def _same_address(one: str, other: str) -> bool:
    return bool(one and other) and address(one) == address(other)


def address(url: str) -> str:
    """An address as it is compared: without its scheme, its host's usual prefixes and what only tracks readers."""
    parts = urlsplit(url.strip())
    asked = urlencode([(key, value) for key, value in parse_qsl(parts.query) if not _TRACKING.match(key)])
    host = re.sub(r"\A(?:www\d?|m|amp)\.", "", (parts.hostname or "").lower())
    return f"{host}{parts.path.rstrip('/').removesuffix('/amp')}?{asked}"


def _sentences(article: Article) -> frozenset[str]:
    return frozenset(_plain(article.sentence(number)) for number in range(len(article.sentences)))


def _plain(sentence: str) -> str:
    return " ".join(fold(sentence).split())


def _still_said(claim: Claim, article: Article) -> bool:
    return claim.id not in fallen((claim,), article)


def _meant(correction: Correction, article: Article) -> _Meant:
    notice = " ".join(article.sentence(number) for number in correction.evidence)
    notice = notice or f"{correction.wrong} {correction.right}"  # it stood in what cleaning cut
    said = _read(correction.wrong or correction.right, notice, article)
    return _Meant(correction, notice, said, _numbers(correction.wrong), _numbers(correction.right))


def _read(words: str, notice: str, article: Article) -> tuple[Claim, ...]:
    """The claims that a wording makes, read as a sentence after its notice."""
    if not words:
        return ()
    sentence = f"{words[0].upper()}{words[1:]}."
    text = f"{notice}\n\n{sentence}"
    spans = (Span(0, len(notice)), Span(len(notice) + 2, len(text)))
    made = Article(
        identifier(text, prefix="a"),
        article.name,
        text,
        spans,
        published=article.published,
        dateline=article.dateline,
    )
    return tuple(claim for claim in claims_of(made) if all(each.sentence == 1 for each in claim.evidence))


def _is_meant(claim: Claim, meant: _Meant, *, in_story: bool) -> bool:
    if not in_story and claim.attribution.kind is Claimant.PARTY:
        return False  # that a party said so stays true, unless the very story falls
    if not meant.correction.wrong:
        return in_story and _counts_otherwise(claim, meant)
    if any(_says_the_same(claim, one, meant, in_story=in_story) for one in meant.said):
        return True
    return not meant.said and _is_hinted_at(claim, meant, in_story=in_story)


def _counts_otherwise(claim: Claim, meant: _Meant) -> bool:
    """Whether a claim counts what is said to be right, at no other place, and counts it differently."""
    elsewhere = meant.said and not any(_place_fits(claim.place, one.place) for one in meant.said)
    if elsewhere or not meant.right or not _counted(claim):
        return False
    return _of_that_sort(claim, meant.correction.right) and not _counts(claim, meant.right)


def _says_the_same(claim: Claim, wrong: Claim, meant: _Meant, *, in_story: bool) -> bool:
    where = wrong.place is not None or in_story or _is_named(claim.place, meant.notice)
    return where and _alike(claim, wrong)


def _alike(claim: Claim, other: Claim) -> bool:
    """Whether a claim says what another says, where that names a place or an actor of the same."""
    if claim.modality is not other.modality and not {claim.modality, other.modality} <= REAL:
        return False
    if not _place_fits(claim.place, other.place) or not _actors_fit(claim.actors, other.actors):
        return False
    if other.casualties or other.equipment:
        return _counts_alike(claim, other)
    return claim.kind is other.kind and (claim.kind is not Kind.TERRITORY or _changes_alike(claim, other))


def _changes_alike(claim: Claim, wrong: Claim) -> bool:
    return claim.change is wrong.change or (claim.change in _TAKEN and wrong.change in _TAKEN)


def _counts_alike(claim: Claim, wrong: Claim) -> bool:
    """Whether both count one sort of people or things, and where both give numbers the same."""
    for one in wrong.casualties:
        for other in claim.casualties:
            bounds = {other.low, other.best, other.high} - {None}
            if one.kind is other.kind and (one.best is None or not bounds or one.best in bounds or one.low in bounds):
                return True
    return any(
        one.state is other.state and one.number == other.number for one in wrong.equipment for other in claim.equipment
    )


def _place_fits(one: Place | None, other: Place | None) -> bool:
    if one is None or other is None:
        return other is None
    return any(
        fold(first) == fold(second) or same_spelling(first, second) >= SAME_PLACE
        for first in (one.name, one.canonical)
        for second in (other.name, other.canonical)
    )


def _actors_fit(some: Sequence[Actor], others: Sequence[Actor]) -> bool:
    """Whether the actors can be the same; a common noun ("the fighters") can be anybody."""
    if not some or not others:
        return True
    ours, theirs = ({fold(name) for actor in side for name in (actor.name, actor.canonical)} for side in (some, others))
    common = any(actor.canonical == actor.canonical.lower() for actor in (*some, *others))
    return common or not ours.isdisjoint(theirs)


def _is_hinted_at(claim: Claim, meant: _Meant, *, in_story: bool) -> bool:
    """Whether a wording that the rules cannot read ("20", "the number of dead", "Karum") means the claim."""
    wrong = meant.correction.wrong
    words = _words(wrong)
    here = in_story or _is_named(claim.place, meant.notice)
    if meant.wrong and len(words) < FEWEST:
        return here and _of_that_sort(claim, meant.notice) and _counts(claim, meant.wrong)
    if claim.place and fold(wrong) in (fold(claim.place.name), fold(claim.place.canonical)):
        shared = _words(_quote(claim)) & _words(meant.notice) - words
        return in_story or len(shared) >= FEWEST
    if not meant.wrong and meant.right and _is_count(wrong):
        named = in_story or _is_named(claim.place, wrong)
        return named and _of_that_sort(claim, wrong) and bool(_counted(claim)) and not _counts(claim, meant.right)
    held = words & _words(f"{_quote(claim)} {claim.text}")
    return len(held) >= max(FEWEST, SHARED * len(words)) and meant.wrong <= _numbers(_quote(claim)) and here


def _is_count(words: str) -> bool:
    return re.search(r"\b(?:number|toll|count|figure|total|how many)\b", words, re.IGNORECASE) is not None


def _of_that_sort(claim: Claim, words: str) -> bool:
    """Whether the words speak of what the claim counts; where they name no sort, any."""
    named = {kind for kind, pattern in _COUNTED if pattern.search(words)}
    return not named or not named.isdisjoint(count.kind for count in claim.casualties)


def _counts(claim: Claim, given: frozenset[int]) -> bool:
    return not _counted(claim).isdisjoint(given)


def _counted(claim: Claim) -> frozenset[int]:
    people = (number for count in claim.casualties for number in (count.low, count.best, count.high))
    things = (item.number for item in claim.equipment)
    return frozenset(number for number in (*people, *things) if number is not None)


def _is_named(place: Place | None, words: str) -> bool:
    if place is None:
        return False
    folded = " ".join(["", *_SPOKEN.findall(fold(words)), ""])
    return any(f" {fold(name)} " in folded for name in (place.name, place.canonical) if name)


def _numbers(words: str) -> frozenset[int]:
    found = numbers.find(words)
    return frozenset(value for number in found for value in (number.low, number.best, number.high) if value is not None)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in _WORD.findall(text.lower()) if word not in _SMALL)


def _quote(claim: Claim) -> str:
    return " ".join(evidence.quote for evidence in claim.evidence)
