"""Invented editions as mails meet them: told against an earlier one, with nothing new, far too large, and hostile."""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta

from briefing_factory import Run, day, killed, place, two_fronts

from briefer.types import (
    Briefing,
    Casualties,
    CasualtyKind,
    Change,
    EditionChange,
    Fate,
    Gap,
    Holding,
    Kind,
    MadeBy,
    Party,
    SourceRecord,
)

BEFORE = date(2031, 5, 15)
AT = datetime(2031, 5, 16, 6, 0, tzinfo=UTC)


def remembered() -> Briefing:
    """Told against yesterday's edition: a correction, a withdrawal, a change, and places that nothing happened to."""
    briefing = two_fronts().briefing()
    first, second = briefing.events[:2]
    more = (
        EditionChange(
            kind="corrected",
            what="Delta Post corrects: four people were wounded at the Ora Bridge, not fourteen.",
            event=second.id,
            edition=date(2031, 5, 14),
        ),
        EditionChange(
            kind="withdrawn",
            what="Veld State Radio takes back that the People's Front shelled the hospital.",
            edition=BEFORE,
        ),
        EditionChange(
            kind="changed",
            what="The toll at the Ora Bridge rises from between 5 and 9 to 12 killed, the hospital says.",
            event=first.id,
            place="Ora Bridge",
            edition=BEFORE,
        ),
    )
    unmoved = tuple(Holding(f"Village {n}", "Veld Armed Forces", "held", date(2031, 4, 1), "") for n in range(30))
    return briefing.model_copy(
        update={
            "collection": "veld",
            "reader": "morning",
            "since": BEFORE,
            "changes": (*more, *briefing.changes),
            "ledger": (*briefing.ledger, *unmoved),
        }
    )


def unchanged() -> Briefing:
    """A day on which nothing was reported that the reader does not know."""
    briefing = two_fronts().briefing()
    quiet = tuple(front.model_copy(update={"quiet": True, "events": (), "situation": ()}) for front in briefing.fronts)
    changes = tuple(
        EditionChange(kind="quiet", what=f"{front.name}: no new reporting since Friday 16 May.", place=front.name)
        for front in quiet
    )
    return briefing.model_copy(
        update={
            "collection": "veld",
            "since": date(2031, 5, 16),
            "changes": changes,
            "fronts": quiet,
            "lead": (),
            "date": date(2031, 5, 17),
        }
    )


def large(fronts: int, events: int) -> Briefing:
    """So many fronts of so many events each: gains, strikes and tolls."""
    run = Run()
    gains = []
    for number in range(fronts):
        for count in range(events):
            a = run.article(f"n{number}-{count}", f"Outlet {count % 20}", AT - timedelta(hours=count % 6))
            front = {"front": f"Sector {number:02}"}
            spot = place(f"Hill {number}-{count}")
            words = f"The army took Hill {number}-{count} after a night of heavy fighting along the whole ridge."
            if count % 3 == 0:
                toll = killed(count + 1, victims="civilians")
                run.told(a, words, Kind.STRIKE, place=spot, when=day(16), casualties=(toll,), event=front)
                continue
            event = run.told(
                a, words, Kind.TERRITORY, change=Change.CAPTURED, actors=("Veld Army",), place=spot, when=day(16),
                event=front,
            )  # fmt: skip
            gains.append(event.id)
    run.parties = [Party("Veld Army", side="Government side", gains=tuple(gains))]
    return run.briefing()


def arabic() -> Briefing:
    """Names and words that are written from right to left, in an edition that is not."""
    run = Run()
    a = run.article("a", "صحيفة الفرات", AT)
    b = run.article("b", "Delta Post", AT)
    taken = run.told(
        a, "استعادت القوات الحكومية بلدة دير الوادي صباح الجمعة، بحسب بيان (رقم 12).", Kind.TERRITORY,
        change=Change.RECAPTURED, actors=("الفرقة الرابعة",), place=place("دير الوادي"), when=day(16),
        event={"front": "وادي النهر"},
    )  # fmt: skip
    toll = Casualties(CasualtyKind.WOUNDED, best=19, victims="civilians")
    run.told(
        b, "Nineteen civilians were wounded in دير الوادي, the hospital said.", Kind.CASUALTIES, casualties=(toll,),
        place=place("دير الوادي"), when=day(16), event={"front": "وادي النهر"},
    )  # fmt: skip
    run.parties = [Party("الفرقة الرابعة", side="Government side", gains=(taken.id,))]
    run.ledger = [Holding("دير الوادي", "الفرقة الرابعة", "claimed", date(2031, 5, 16), taken.claims[0])]
    return run.briefing()


def hostile(value: object, text: str) -> object:
    """The value with every free string in it replaced: not ids, closed words or what must hold a form."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = {"id", "claims", "article", "evidence_ids", "gains", "losses", "reversed_by", "last_evidence", "one"}
        made = {f.name: hostile(getattr(value, f.name), text) for f in fields(value) if f.name not in kept}
        return replace(value, **made)
    if isinstance(value, tuple):
        return tuple(hostile(item, text) for item in value)
    return text if type(value) is str else value


def poisoned(text: str) -> Briefing:
    """An edition whose every name, quote, title, address and gap is the text."""
    run = two_fronts()
    run.claims = [hostile(claim, text) for claim in run.claims]
    run.events = [hostile(event, text) for event in run.events]
    run.parties = [hostile(party, text) for party in run.parties]
    run.ledger = [replace(holding, place=text, holder=text) for holding in run.ledger]
    run.notes = [Gap(what=text, about=text)]
    run.outlets = {name: (text, published) for name, (_, published) in run.outlets.items()}
    run.records = [SourceRecord(id="x", name=text, outlet=text, title=text, url=text, fate=Fate.OFF_TOPIC, why=text)]
    briefing = run.briefing()
    sources = tuple(source.model_copy(update={"title": text, "url": text}) for source in briefing.sources)
    changes = tuple(change.model_copy(update={"what": text, "place": text}) for change in briefing.changes)
    corrected = EditionChange(kind="corrected", what=text, edition=BEFORE)
    made_by = MadeBy(extractor="llm", model=text, fell_back=("a", "b"))
    return briefing.model_copy(
        update={"sources": sources, "changes": (corrected, *changes), "made_by": made_by, "collection": text}
    )
