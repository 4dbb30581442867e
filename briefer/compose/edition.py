"""From merged events to the published Briefing."""

from collections.abc import Sequence
from datetime import date as Date
from datetime import datetime

from briefer.compose.asked import Prose, Written, write
from briefer.compose.changes import changes
from briefer.compose.desk import Desk
from briefer.compose.earlier import Earlier, changes_since
from briefer.compose.fronts import fronts
from briefer.compose.gaps import gaps
from briefer.compose.lead import lead
from briefer.types import Article, Briefing, Claim, Gap, MadeBy, Merged, SourceRecord


def compose(
    merged: Merged,
    *,
    articles: Sequence[Article],
    sources: Sequence[SourceRecord],
    withheld: Sequence[Claim],
    date: Date,
    timezone: str,
    cutoff: datetime,
    made_by: MadeBy,
    notes: Sequence[Gap] = (),
    prose: Prose | None = None,
    earlier: Earlier | None = None,
) -> Briefing:
    """Write the edition of one day from what was merged.

    `date` is the day of the edition, `timezone` its IANA name, `cutoff` aware. `notes` are gaps that earlier stages
    found; they come first. With `prose` a model writes the situation, the outlook and the lead, held to the events
    sentence by sentence. Without it this is pure: the same input gives the same Briefing, in whatever order it comes.
    With `earlier` it is told against the last edition that its reader got: `merged` is then what is news of all that is
    remembered with what that undoes, and `sources` and `withheld` are those of the new articles.
    Raises Stopped where the run was asked to stop while the model wrote.
    """
    by_id = {article.id: article for article in articles}
    desk = Desk.of(
        date=date,
        events=merged.events,
        claims=merged.claims,
        parties=merged.parties,
        outlets={article.id: article.outlet for article in articles},
        news=frozenset(earlier.news.of) if earlier else None,
    )
    in_order = fronts(desk, articles=by_id, remembered=earlier.fronts if earlier else ())
    told = Written(in_order, lead(desk)) if prose is None else write(in_order, lead(desk), desk, prose)
    read = [article for article in articles if earlier is None or article.id in earlier.new]
    found = gaps(merged, desk, fronts=in_order, articles=read, sources=sources, withheld=withheld)
    return Briefing(
        date=date,
        timezone=timezone,
        cutoff=cutoff,
        since=earlier.since if earlier else None,
        made_by=made_by,
        lead=told.lead,
        fronts=told.fronts,
        events=tuple(desk.events[name] for front in in_order for name in front.events),
        actors=tuple(sorted(merged.parties, key=lambda p: (-len(p.gains) - len(p.losses), p.name))),
        ledger=tuple(sorted(merged.ledger, key=lambda holding: (holding.place, holding.holder))),
        changes=changes_since(earlier, desk, fronts=in_order) if earlier else changes(desk, fronts=in_order),
        claims=tuple(sorted(merged.claims, key=lambda claim: claim.id)),
        withheld=tuple(sorted(withheld, key=lambda claim: claim.id)),
        gaps=(*notes, *told.notes, *found),
        sources=tuple(sorted(sources, key=lambda source: (source.name, source.id))),
    )
