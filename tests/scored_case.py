"""A case small enough to be scored by hand, and what a briefing might claim of it.

Three articles of one invented day: a town taken on Monday and taken back on Tuesday, a toll that two speakers count
differently, a plan, a denial under another spelling, and a village of which a part fell.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from briefer.evals.cases import Case, Fields, Forbidden, Reference, load
from briefer.evals.cases.shape import Days, Unknown
from briefer.evals.results import CaseResult, ScoredClaim
from briefer.evals.running import Briefed
from briefer.evals.scoring.scorer import score
from briefer.merge import merge
from briefer.types import (
    Actor,
    Attribution,
    Briefing,
    Casualties,
    Claim,
    DatePrecision,
    Equipment,
    Evidence,
    Front,
    Place,
    Ruling,
    Sentence,
    When,
    identifier,
)

ARTICLES = {
    "wire.txt": """Army says it took Toval back

Northline Wire

13 May 2031

The Ostran Army recaptured the town of Toval from the River Front on Tuesday morning, an army spokesman said. \
The River Front captured Toval from the Ostran Army on Monday. \
At least nine soldiers were killed and 21 were wounded in the fighting for Toval, a doctor at the hospital said.

The Ostran Army captured part of the village of Ledna from the River Front on Tuesday. \
Three tanks of the River Front were destroyed near Gorin on Tuesday, the Ostran Army said. \
The Ostran Army plans to cross the Ister in the coming days, the spokesman said.
""",
    "channel.txt": """Our day at the river

River Front Channel

13 May 2031

The River Front denied that it had lost Tovalle on Tuesday. \
Our fighters attacked army positions 5 km south of Ledna on Tuesday. \
Shelling by government forces killed 14 civilians in Gorin on Tuesday, the River Front said.
""",
    "monitor.json": json.dumps(
        {
            "title": "Shelling of Gorin",
            "outlet": "Ister Monitor",
            "published": "2031-05-13T18:00:00Z",
            "text": "Shelling by the Ostran Army killed nine civilians in Gorin on Tuesday and wounded more than 60, "
            "the Ister Monitor said. The United Council called on both sides to agree to a ceasefire. The Ostran Army "
            "took Gorin from the River Front in March 2029.",
        }
    ),
}
HEAD = """title: A town that changed hands twice
date: 2031-05-13
war: Ostran Army against River Front, at the Ister
tries: [reversal, tolls, plans]
notes: Two days of one town.
"""
CLAIMS = """names:
  actors:
    Ostran Army: [army, government forces, OA]
    River Front: [our fighters, RF]
  places:
    Toval: [Tovalle]
  fronts:
    Toval front: [Upper Ister]

events:
  toval-taken: {status: reversed, front: Toval front}
  toval-retaken: {status: [claimed, disputed], front: Toval front, reverses: toval-taken}
  ledna-part: {status: claimed, front: Toval front}
  ledna-attack: {status: claimed, front: Toval front}
  gorin-shelled: {status: [claimed, disputed, corroborated], front: Gorin}
  gorin-tanks: {status: claimed, front: Gorin}
  ister-crossing: {status: claimed}
  council-call: {status: claimed}
  gorin-before: {status: claimed}

must:
  - id: retaken
    text: The Ostran Army recaptured Toval from the River Front on Tuesday morning, an army spokesman said.
    event: toval-retaken
    kind: territory
    change: recaptured
    actor: Ostran Army
    opponent: River Front
    place: Toval
    when: 2031-05-13
    speaker: {kind: party, who: an army spokesman}
    evidence:
      - article: wire.txt
        quote: The Ostran Army recaptured the town of Toval from the River Front on Tuesday morning, an
          army spokesman said.
  - id: taken
    text: The River Front captured Toval from the Ostran Army on Monday.
    event: toval-taken
    kind: territory
    change: captured
    actor: River Front
    opponent: Ostran Army
    place: Toval
    when: 2031-05-12
    evidence:
      - {article: wire.txt, quote: "The River Front captured Toval from the Ostran Army on Monday."}
  - id: soldiers-dead
    text: At least nine soldiers were killed and 21 wounded at Toval, a doctor said.
    event: toval-retaken
    kind: casualties
    place: Toval
    speaker: {kind: witness, who: a doctor at the hospital}
    casualties:
      - {kind: killed, low: 9, victims: soldiers, civilian: false}
      - {kind: wounded, best: 21, victims: soldiers, civilian: false}
    evidence:
      - article: wire.txt
        quote: At least nine soldiers were killed and 21 were wounded in the fighting for Toval, a
          doctor at the hospital said.
  - id: ledna
    text: The Ostran Army captured part of Ledna from the River Front on Tuesday.
    event: ledna-part
    kind: territory
    change: captured
    extent: part
    actor: Ostran Army
    opponent: River Front
    place: Ledna
    when: 2031-05-13
    evidence:
      - article: wire.txt
        quote: The Ostran Army captured part of the village of Ledna from the River Front on
          Tuesday.
  - id: shelled-monitor
    text: Shelling by the Ostran Army killed nine civilians in Gorin on Tuesday and wounded more
      than 60, the Ister Monitor said.
    event: gorin-shelled
    kind: shelling
    actor: Ostran Army
    place: Gorin
    when: 2031-05-13
    speaker: {kind: monitor, who: the Ister Monitor}
    casualties:
      - {kind: killed, best: 9, victims: civilians, civilian: true}
      - {kind: wounded, low: 61, victims: civilians, civilian: true}
    evidence:
      - article: monitor.json
        quote: Shelling by the Ostran Army killed nine civilians in Gorin on Tuesday and wounded more
          than 60, the Ister Monitor said.
  - id: shelled-front
    text: Shelling by government forces killed 14 civilians in Gorin on Tuesday, the River Front said.
    event: gorin-shelled
    kind: shelling
    actor: Ostran Army
    place: Gorin
    when: 2031-05-13
    speaker: {kind: party, who: the River Front}
    casualties:
      - {kind: killed, best: 14, victims: civilians, civilian: true}
    evidence:
      - article: channel.txt
        quote: Shelling by government forces killed 14 civilians in Gorin on Tuesday, the River Front
          said.

may:
  - id: denied
    text: The River Front denied that it had lost Toval on Tuesday.
    event: toval-retaken
    kind: territory
    change: lost
    actor: River Front
    place: Toval
    when: 2031-05-13
    modality: denied
    speaker: {kind: party, who: the River Front}
    evidence:
      - {article: channel.txt, quote: "The River Front denied that it had lost Tovalle on Tuesday."}
  - id: attack
    text: The River Front attacked army positions 5 km south of Ledna on Tuesday.
    event: ledna-attack
    kind: clash
    actor: River Front
    opponent: Ostran Army
    place: Ledna
    relation: 5 km south of
    when: 2031-05-13
    evidence:
      - {article: channel.txt, quote: "Our fighters attacked army positions 5 km south of Ledna on Tuesday."}
  - id: tanks
    text: Three tanks of the River Front were destroyed near Gorin on Tuesday, the Ostran Army said.
    event: gorin-tanks
    kind: equipment
    opponent: River Front
    place: Gorin
    relation: near
    when: 2031-05-13
    speaker: {kind: party, who: the Ostran Army}
    equipment:
      - {type: tank, number: 3, state: destroyed}
    evidence:
      - article: wire.txt
        quote: Three tanks of the River Front were destroyed near Gorin on Tuesday, the Ostran Army
          said.
  - id: crossing
    text: The Ostran Army plans to cross the Ister in the coming days, the spokesman said.
    event: ister-crossing
    kind: movement
    actor: Ostran Army
    place: Ister
    modality: planned
    speaker: {kind: party, who: the spokesman}
    evidence:
      - article: wire.txt
        quote: The Ostran Army plans to cross the Ister in the coming days, the spokesman
          said.
  - id: call
    text: The United Council called on both sides to agree to a ceasefire.
    event: council-call
    kind: political
    actor: United Council
    evidence:
      - {article: monitor.json, quote: "The United Council called on both sides to agree to a ceasefire."}
  - id: before
    text: The Ostran Army took Gorin from the River Front in March 2029.
    event: gorin-before
    kind: territory
    change: captured
    actor: Ostran Army
    opponent: River Front
    place: Gorin
    when: {start: 2029-03-01, end: 2029-03-31}
    modality: historical
    evidence:
      - {article: monitor.json, quote: "The Ostran Army took Gorin from the River Front in March 2029."}

must_not:
  - id: crossed
    reason: planned_as_done
    text: The Ostran Army crossed the Ister.
    kind: movement
    actor: Ostran Army
    place: Ister
    speaker: {kind: party, who: the spokesman}
    evidence:
      - article: wire.txt
        quote: The Ostran Army plans to cross the Ister in the coming days, the spokesman
          said.
  - id: lost
    reason: denied_as_fact
    text: The River Front lost Toval, it said.
    kind: territory
    change: lost
    actor: River Front
    place: Toval
    speaker: {kind: party, who: the River Front}
    evidence:
      - {article: channel.txt, quote: "The River Front denied that it had lost Tovalle on Tuesday."}
"""
MUST = ("retaken", "taken", "soldiers-dead", "ledna", "shelled-monitor", "shelled-front")


def write_case(folder: Path, *, claims: str = CLAIMS, head: str = HEAD, reference: str = "# Toval\n") -> Path:
    """The case as a folder."""
    (folder / "articles").mkdir(parents=True)
    for name, text in ARTICLES.items():
        folder.joinpath("articles", name).write_text(text)
    folder.joinpath("case.yaml").write_text(head)
    folder.joinpath("claims.yaml").write_text(claims)
    folder.joinpath("reference.md").write_text(reference)
    return folder


@lru_cache(maxsize=4)
def the_case(claims: str = CLAIMS, head: str = HEAD) -> Case:
    """The case, read as a run reads it."""
    with TemporaryDirectory() as folder:
        return load(write_case(Path(folder) / "toval", claims=claims, head=head))


def without(claim: str, event: str) -> str:
    """The claims but one, and without its event."""
    start = CLAIMS.index(f"  - id: {claim}\n")
    rest = CLAIMS[start + 1 :]
    end = min(at for each in ("\n  - id: ", "\n\n") if (at := rest.find(each)) >= 0)
    kept = CLAIMS[:start] + rest[end + 1 :]
    return "".join(f"{row}\n" for row in kept.splitlines() if not row.startswith(f"  {event}:"))


def reference(id: str, case: Case | None = None) -> Reference | Forbidden:
    """A claim of the reference by its id."""
    sheet = (case or the_case()).sheet
    return next(each for each in (*sheet.must, *sheet.may, *sheet.must_not) if each.id == id)


def cited(quote: str, name: str, case: Case | None = None) -> tuple[str, tuple[Evidence, ...]]:
    """The id of an article and the sentence in it that begins with these words."""
    article = (case or the_case()).articles[name]
    number = next(n for n in range(len(article.sentences)) if article.sentence(n).startswith(quote))
    span = article.sentences[number]
    return article.id, (Evidence(number, span.start, span.end, article.sentence(number)),)


def told(id: str, case: Case | None = None, **changed: object) -> Claim:
    """The claim of a briefing that says what a reference claim says, with other fields where they are given."""
    fields = reference(id, case)
    quoted = fields.evidence[0]
    article, evidence = cited(quoted.quote[:40], quoted.article, case)
    claim = Claim(
        id=id,
        article=article,
        text=fields.text,
        kind=fields.kind[0],
        evidence=evidence,
        change=fields.change[0] if fields.change else None,
        extent=fields.extent,
        actors=actors(*fields.actor),
        opponents=actors(*fields.opponent),
        place=Place(fields.place, fields.place, fields.relation) if fields.place else None,
        when=_when(fields),
        modality=fields.modality[0],
        attribution=Attribution(fields.speaker.kind, fields.speaker.who) if fields.speaker else Attribution(),
        casualties=tuple(
            Casualties(each.kind, each.low, each.best, each.high, each.victims, each.civilian)
            for each in fields.casualties
        ),
        equipment=tuple(Equipment(each.type, each.state, each.number) for each in fields.equipment),
        verdict=Ruling.SUPPORTED,
    )
    changed.setdefault("id", identifier(id, repr(sorted(changed.items())), prefix="c") if changed else id)
    return replace(claim, **changed)  # type: ignore[arg-type]


def actors(*names: str) -> tuple[Actor, ...]:
    return tuple(Actor(name, name) for name in names)


def _when(fields: Fields) -> When:
    when = fields.when
    if when is None or isinstance(when, Unknown):
        return When()
    if isinstance(when, Days):
        return When(when.start, when.end, DatePrecision.MONTH)
    return When(when, when, DatePrecision.DAY)


def day(number: int, as_written: str = "") -> When:
    """A day of May 2031."""
    return When(date(2031, 5, number), date(2031, 5, number), DatePrecision.DAY, as_written=as_written)


def brief(
    *claims: Claim,
    withheld: Sequence[Claim] = (),
    fronts: Sequence[str] = (),
    lead: Sequence[Sentence] = (),
    case: Case | None = None,
) -> Briefing:
    """The briefing of these claims, their events merged as in a run."""
    case = case or the_case()
    merged = merge(claims, list(case.articles.values()))
    return Briefing(
        date=case.head.date,
        timezone=case.head.timezone,
        cutoff=datetime(2031, 5, 13, 23, 59, 59, tzinfo=UTC),
        lead=tuple(lead),
        fronts=tuple(Front(name=each) for each in fronts),
        claims=merged.claims,
        events=merged.events,
        actors=merged.parties,
        ledger=merged.ledger,
        withheld=tuple(withheld),
    )


def scored(
    *claims: Claim,
    briefing: Briefing | None = None,
    case: Case | None = None,
    judged: Mapping[str, Claim] | None = None,
    **briefing_of: object,
) -> CaseResult:
    """The score of a briefing that makes these claims. `judged` are a judge's verdicts by the ids of claims."""
    case = case or the_case()
    made = briefing or brief(*claims, case=case, **briefing_of)  # type: ignore[arg-type]
    return score(Briefed(case, briefing=made, judged=judged or {}, has_judge=judged is not None))


def one(claim: Claim, **how: object) -> ScoredClaim:
    """The score of a briefing's only claim."""
    [found] = scored(claim, **how).claims  # type: ignore[arg-type]
    return found
