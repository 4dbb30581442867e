"""A sentence of prose word by word: its shape, names, numbers and words, each held against its events.

In: the sentence and its `Ground`. Out: a `Fault`, or None. Nothing is parsed here; who did what to whom is in
`deed_checks`.
"""

import re
from calendar import month_name
from collections.abc import Iterator, Sequence

from briefer.compose.ground import Fault, Ground
from briefer.compose.wording import WORD, assessing, deed_words, kind_words, neutral, stem, words_of
from briefer.reading import countries, dates, lexicon, numbers
from briefer.reading.lexicon import fold
from briefer.reading.numbers import Number, Unit
from briefer.reading.orders import orders
from briefer.reading.time_patterns import HINT_WORDS
from briefer.types import Casualties, CasualtyKind, Event, Extent, Modality, Reason, Status

LONGEST = 600
"""Characters of a sentence: twice the longest that the templates write."""

_MARKUP = re.compile(r"[<>\[\]{}|\\`*_#~^@]|https?:|www\.|&\w+;")


def shape(text: str, ground: Ground) -> Fault | None:
    """One line of plain words, not too long, that orders nobody about."""
    if not text.isprintable() or _MARKUP.search(text):
        return Fault(Reason.INJECTED, "it has signs that are no prose; write plain words")
    if orders(text):
        return Fault(Reason.INJECTED, "it gives orders; tell the events")
    if not WORD.search(text) or len(text) > LONGEST:
        return Fault(Reason.FABRICATED, f"it is empty or over {LONGEST} characters; write one sentence")
    return None


# ── names ──


def names(text: str, ground: Ground) -> Fault | None:
    """Every name must be one of the events'; the names of days and months are checked with the days."""
    rest = _without(text, ground)
    opening = len(text) - len(text.lstrip())
    counted = [(number.start, number.end) for number in numbers.find(rest)]
    for match in re.finditer(r"[^\W\d_][\w'’.-]*", rest):
        word = match[0].rstrip(".'’").removesuffix("'s").removesuffix("’s")
        if not word[:1].isupper() or word.lower() in HINT_WORDS or word.lower() in neutral():
            continue
        if match.start() == opening and fold(word) in _own_words(ground):
            continue
        if any(start <= match.start() < end for start, end in counted):
            continue  # "Twenty-six people"
        if _short_for(word, ground) or _is_national(word, ground):
            continue
        return Fault(Reason.FABRICATED, f"“{word}” is no name of these events; use their names as they are given")
    return None


def _without(text: str, ground: Ground) -> str:
    """The text with the names of the events blanked out, longest first; the articles of Arabic names may vary."""
    for name in ground.names:
        pattern = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", name))
        pattern = re.sub("['’]", "['’]", pattern)
        text = re.sub(rf"(?<!\w){pattern}(?:['’]s)?(?!\w)", _blank, text, flags=re.IGNORECASE)
    return text


def _own_words(ground: Ground) -> frozenset[str]:
    words = words_of([*ground.texts, *ground.names])
    return words.union(*(deed_words(event) for event in ground.events))


def _short_for(word: str, ground: Ground) -> bool:
    """Whether a word is the last of an actor's or a claimant's name ("the Front"), or stands in the events' texts."""
    heads = [re.split(r" (?:in|at|near|from) ", name)[0] for name in (*ground.spellings, *ground.claimants)]
    ends = {head.split()[-1].lower() for head in heads}
    return word.lower() in ends or any(re.search(rf"\b{re.escape(word)}\b", text) for text in ground.texts)


def _is_national(word: str, ground: Ground) -> bool:
    """Whether a word for a nation's own ("Syrian") fits the names of the events or the states of their actors."""
    code = countries.country_code(countries.demonym(word) or "")
    if not code:
        return False
    known = [lexicon.actors().get(fold(name)) for name in ground.spellings]
    states = {state for actor in known if actor for state in (actor.state, *actor.countries)}
    named = {code for text in (*ground.names, *ground.texts) for code in countries.countries_in(text)}
    return code in states | named


# ── numbers ──


def counts(text: str, ground: Ground) -> Fault | None:
    """Every number must be a count of the events, with its bound, of the thing it counts, by who counts it."""
    written, text = text, _DATED.sub(_blank, _without(text, ground))  # "Nine World" counts nothing
    for number in numbers.find(text):
        if number.unit is Unit.DURATION and _spans(number, ground):
            continue
        if not (_counted(number, text, _counts_there(number, written, ground)) or _other(number, text, ground)):
            return Fault(
                Reason.WRONG_NUMBER, f"“{number.as_written}” is no number of these events, or not of what it counts"
            )
        if fault := _miscounted(number, written, ground):
            return fault
    return _stray(text, ground)


_DATED = re.compile(
    r"\b(?:\d{1,2}(?: (?:and|to|or) |[-–]))?\d{1,2} (?:" + "|".join(month_name[1:]) + r")\b(?! \d{4}\b)"
)
"""A day before which a count may stand: "on 16 April 7 soldiers"."""


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _stray(text: str, ground: Ground) -> Fault | None:
    """Numerals that count nothing and are no day, as times of the clock are, must stand in the events."""
    known = {numeral for words in ground.texts for numeral in re.findall(r"\d+", words)}
    spans = [(number.start, number.end) for number in numbers.find(text)]
    spans += [(expression.start, expression.end) for expression in dates.find(text)]
    for match in re.finditer(r"\d+", text):
        inside = any(start <= match.start() < end for start, end in spans)
        if not inside and match[0] not in known:
            return Fault(Reason.WRONG_NUMBER, f"“{match[0]}” is no number of these events")
    return None


def _counted(number: Number, text: str, counts: Sequence[Casualties]) -> bool:
    kind = _kind_near(number, text)
    pool = [count for count in counts if kind in (None, count.kind)]
    victims = _victims(text[number.end : number.end + _NEAR].split("and")[0])
    pool = [count for count in pool if victims in ("", _victims_of(count))]
    return bool(pool) and _bounds_hold(number, pool)


def _counts_there(number: Number, text: str, ground: Ground) -> Sequence[Casualties]:
    """The counts that a number may be of: those of the one event whose place stands in its part of the sentence."""
    piece = f" {fold(_piece(text, number))} "
    there = [event for event in ground.events if event.place and f" {fold(event.place.canonical)} " in piece]
    own = there[0].casualties if len(there) == 1 else ()
    return own or ground.counts


_CIVILIAN = re.compile(r"\b(?:civilians?|residents?|villagers?|child(?:ren)?|women|woman)\b", re.IGNORECASE)
_ARMED = re.compile(
    r"\b(?:soldiers?|fighters?|troops|rebels?|militants?|militia\w*|gunmen|insurgents?|combatants?|officers?)\b", re.I
)


def _victims(words: str) -> str:
    """Whether words name civilians or armed people, by whichever comes first; "" for neither."""
    civilian, armed = _CIVILIAN.search(words), _ARMED.search(words)
    if civilian and (not armed or civilian.start() < armed.start()):
        return "civilian"
    return "armed" if armed else ""


def _victims_of(count: Casualties) -> str:
    return _victims(count.victims) or ("civilian" if count.civilian else "")


def _bounds_hold(number: Number, pool: list[Casualties]) -> bool:
    exact = {c.best for c in pool} | {c.low for c in pool if c.low == c.high}
    lows, highs = exact | {c.low for c in pool}, exact | {c.high for c in pool}
    if number.best is not None:
        return number.best in exact or (number.approximate and number.best in lows | highs)
    if number.low is not None and number.high is not None:
        return {number.low, number.high} <= lows | highs  # a range of counts, each by its own bounds
    low = number.low is None or number.low in lows
    return low and (number.high is None or number.high in highs) and (number.low or number.high) is not None


_LOSS_WORDS = (
    (CasualtyKind.KILLED, re.compile(r"\b(?:kill\w*|dead|die[ds]?|dying|deaths?|fatalit\w+|li[fv]es)\b", re.I)),
    (CasualtyKind.WOUNDED, re.compile(r"\b(?:wound\w*|injur\w+|hurt)\b", re.I)),
    (CasualtyKind.CAPTURED, re.compile(r"\b(?:prisoners?|taken prisoner|captives?|detain\w*)\b", re.I)),
    (CasualtyKind.MISSING, re.compile(r"\bmissing\b", re.I)),
)
_THEN_CAPTURED = re.compile(r"\s+(?:(?:was|were)\s+)?captured\b", re.IGNORECASE)  # "27 soldiers killed and 14 captured"
_NEAR = 40  # characters between a count and the word for what became of those counted


def _kind_near(number: Number, text: str) -> CasualtyKind | None:
    """What became of those whom a number counts, by the nearest word for it."""
    if _THEN_CAPTURED.match(text, number.end):
        return CasualtyKind.CAPTURED
    found = []
    for kind, pattern in _LOSS_WORDS:
        for match in pattern.finditer(text):
            gap = match.start() - number.end if match.start() >= number.end else number.start - match.end()
            between = text[min(match.end(), number.end) : max(match.start(), number.start)]
            if 0 <= gap <= _NEAR and not re.search(r"[;:]|\band\b.*\band\b", between) and not numbers.find(between):
                found.append((gap + _NEAR * bool(re.search(r"\band\b|,", between)), kind))
    return min(found)[1] if found else None


def _other(number: Number, text: str, ground: Ground) -> bool:
    """Whether a number is of equipment, stands in the events' own texts, counts them or their sources, or is one."""
    values = {number.low, number.best, number.high} - {None}
    kits = {kit.number for event in ground.events for kit in event.equipment}
    if ground.counts and _kind_near(number, text) is not None:
        return bool(values & kits)  # people lost are what the counts say, whatever else has the same number
    sources = {event.independent_sources for event in ground.events} | {
        len(ground.desk.outlets_of(event)) for event in ground.events
    }
    told = {(n.low, n.best, n.high) for words in ground.texts for n in numbers.find(words)}
    if number.unit is Unit.COUNT and len(values) == 1 and values & (kits | sources | {len(ground.events), 1}):
        return True
    return (number.low, number.best, number.high) in told


def _spans(number: Number, ground: Ground) -> bool:
    """Whether a number of days is how far two of the events, or one of them and the edition, lie apart."""
    days = sorted({when.start for when in ground.times if when.start} | {ground.desk.date})
    return any((later - earlier).days == number.best for earlier in days for later in days)


def _miscounted(number: Number, text: str, ground: Ground) -> Fault | None:
    """A count in the mouth of somebody who does not give it; ranges are nobody's own."""
    if number.best is None and number.low is not None and number.high is not None:
        return None
    piece = _piece(text, number)
    named = [who for who in _counters(ground) if f" {fold(who)} " in f" {fold(piece)} "]
    if len(named) != 1:
        return None
    given = _counters(ground)[named[0]]
    if not any(_bounds_hold(number, [count]) for count in given) and any(
        _bounds_hold(number, [count]) for counts in _counters(ground).values() for count in counts
    ):
        return Fault(
            Reason.WRONG_NUMBER, f"{named[0]} does not give “{number.as_written}”; keep numbers with claimants"
        )
    return None


def _counters(ground: Ground) -> dict[str, list[Casualties]]:
    """Who counts what, in the event's own counts; the outlet where it names nobody."""
    found: dict[str, list[Casualties]] = {}
    for event in ground.events:
        for toll in ground.desk.tolls(event):
            for _, speakers in toll.counts:
                for who in speakers:
                    found.setdefault(who, []).extend(_given_by(who, event, ground))
    return found


def _given_by(who: str, event: Event, ground: Ground) -> Iterator[Casualties]:
    for claim in ground.desk.claims_of(event):
        speaker = ground.desk.outlets.get(claim.article, "")
        yield from (count for count in claim.casualties if fold(count.claimant or speaker) == fold(who))


def _piece(text: str, number: Number) -> str:
    """The part of a sentence between two marks that a number stands in."""
    starts = [match.end() for match in re.finditer(r"[,;:()–—]| and | while | but ", text[: number.start])]
    end = re.search(r"[,;:()–—]| and | while | but ", text[number.end :])
    return text[starts[-1] if starts else 0 : number.end + (end.start() if end else len(text))]


# ── words ──


_WHOLE = re.compile(
    r"\b(?:all|whole|entire|entirety) (?:of|the)\b(?! (?:this|these)\b)|\bthe (?:whole|entire)\b"
    r"|\b(?:fully|entirely)\b",
    re.I,
)


def extents(text: str, ground: Ground) -> Fault | None:
    """Only what is told of a place as a whole is told as whole."""
    whole = any(d.fact.extent is Extent.FULL for d in ground.deeds) or any(_WHOLE.search(t) for t in ground.texts)
    match = None if whole else _WHOLE.search(_without(text, ground))
    return Fault(Reason.EXAGGERATION, f"no event says “{match[0]}”; keep the extent as it is given") if match else None


def words(text: str, ground: Ground) -> Fault | None:
    """No word may assess, and no noun or verb tell what the events do not."""
    rest = _without(text, ground)
    own = words_of(ground.texts)
    stems = {stem(word) for word in own}
    allowed = neutral().union(*(deed_words(event) for event in ground.events), _opposed_words(ground))
    allowed |= words_of(ground.names)
    allowed |= words_of(spelling for spellings in ground.spellings.values() for spelling in spellings)
    counted = {word for number in numbers.find(text) for word in number.as_written.lower().split()}
    for word in WORD.findall(rest):
        lower = word.lower().replace("’", "'").removesuffix("'s").rstrip("'")
        if lower in own or lower in counted or lower in HINT_WORDS:
            continue
        if lower in assessing() and stem(lower) not in stems:
            return Fault(Reason.EXAGGERATION, f"“{word}” assesses or colours; tell what happened and nothing more")
        if lower in allowed or stem(lower) in stems or (word[:1].isupper() and _short_for(word, ground)):
            continue
        if word[:1].isupper() and _is_national(word, ground):
            continue
        return Fault(Reason.FABRICATED, f"“{word}” is told by none of these events; use their own words")
    return None


def _opposed_words(ground: Ground) -> frozenset[str]:
    """The words for what is said against the events."""
    facts = [deed.fact for deed in ground.deeds if deed.opposed]
    return frozenset().union(*(kind_words(fact.kind, fact.change) for fact in facts))


_NEGATION = re.compile(r"\b(?:not|no|none|never|neither|nor|nobody|nothing|without|cannot)\b|n['’]t\b", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:not yet|not (?:been )?(?:known|given|stated|said|dated|independently|confirmed|clear)"
    r"|no (?:date|day|number|independent|other|further)|nor)\b",
    re.IGNORECASE,
)
_UNSURE = frozenset({Status.DENIED, Status.DISPUTED, Status.WITHDRAWN})


def negations(text: str, ground: Ground) -> Fault | None:
    """Only what is denied, disputed or failed is told with a "not"; what is left open may be told as open."""
    found = _NEGATION.search(_OPEN.sub(" ", text))
    if found is None or any(_NEGATION.search(words) for words in ground.texts):
        return None
    unsure = (Modality.DENIED, Modality.ATTEMPTED)
    if any(event.status in _UNSURE or event.modality in unsure for event in ground.events):
        return None
    return Fault(Reason.NEGATION, f"no event says “{found[0]}”")


def claimants(text: str, ground: Ground) -> Fault | None:
    """A word that only a claimant's name has ("the Ora hospital") is no thing that events happen to ("a hospital")."""
    names = [place.canonical for place in ground.places] + [key for keys in ground.spellings.values() for key in keys]
    own = words_of(ground.claimants) - words_of([*names, *ground.texts]) - neutral()
    for match in re.finditer(r"\b(?:an?|two|three|several|one)\s+(?:\w+\s+)?(\w+)", _without(text, ground)):
        if match[1].lower() in own or match[0].split()[1].lower() in own:
            return Fault(Reason.FABRICATED, f"no event tells of “{match[0]}”")
    return None
