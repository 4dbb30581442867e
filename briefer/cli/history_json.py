"""What the memory answered, for scripts: histories in, JSON out.

ASCII, so that no invisible or control character of a source reaches a terminal.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic_core import to_jsonable_python

if TYPE_CHECKING:
    from briefer.types import KeptArticle
    from briefer.wiring.history import ActorHistory, Between, Cited, Excerpt, History, PlaceHistory, Trail


def difference(found: "Between", history: "History") -> str:
    """What was told between two editions, the last first, and the rows of the ledger that differ."""
    told = [{"date": day, **change.model_dump(mode="json")} for day, change in found.told]
    moved = [{"place": one.place, "before": one.before, "after": one.after} for one in found.moved]
    return _written("diff", history, {"before": found.before, "after": found.after, "told": told, "moved": moved})


def place(found: "PlaceHistory", history: "History") -> str:
    """A place: its states with the claims that they rest on, and its events as they stand now."""
    states = [
        {
            "edition": one.day,
            **{name: getattr(one.last, name) for name in ("holder", "state", "since", "told")},
            "first_evidence": one.first.last_evidence,
            "last_evidence": one.last.last_evidence,
        }
        for one in found.stood
    ]
    claims = {name: _cited(one) for name, one in sorted(found.cited.items())}
    about = {"place": found.name, "spellings": found.spellings, "states": states, "claims": claims}
    return _written("place", history, {**about, "events": found.events, "reversing": found.reversing})


def actor(found: "ActorHistory", history: "History") -> str:
    """An actor: its events as they stand now, and which of them are gains and losses."""
    sides = {"gains": found.gains, "losses": found.losses}
    ids = {side: [event.id for event in found.events if event.id in names] for side, names in sides.items()}
    about = {"actor": found.name, "spellings": found.spellings, **ids}
    return _written("actor", history, {**about, "events": found.events, "reversing": found.reversing})


def why(trails: "tuple[Trail, ...]", history: "History") -> str:
    """What stands behind each claim."""
    return _written("why", history, {"claims": [_trail(trail) for trail in trails]})


def _written(name: str, history: "History", body: Mapping[str, object]) -> str:
    head = {"schema": f"briefer.{name}/1", "collection": history.collection, "reader": history.reader}
    return json.dumps(to_jsonable_python({**head, **body}), indent=2) + "\n"


def _cited(cited: "Cited") -> Mapping[str, object]:
    return {"claim": cited.claim, "source": cited.source}


def _trail(trail: "Trail") -> Mapping[str, object]:
    made_by = trail.made_by
    return {
        "claim": trail.claim,
        "excerpts": [_excerpt(one) for one in trail.excerpts],
        "source": trail.source,
        "article": _article(trail.article),
        "read_by": {
            "extractor": "rules" if trail.by_rules else made_by.extractor,
            "model": "" if trail.by_rules else made_by.model,
            "prompts": {} if trail.by_rules else made_by.prompts,
            "reader": trail.reading.reader if trail.reading else "",
            "note": trail.reading.note if trail.reading else "",
            "fell_back": trail.reading.fell_back if trail.reading else trail.claim.article in made_by.fell_back,
        },
        "event": trail.event,
        "carried": trail.carried,
        "editions": trail.editions,
        "taken_back": {"article": trail.taken_back, **_notice(trail.notice)} if trail.taken_back else None,
    }


def _excerpt(excerpt: "Excerpt") -> Mapping[str, str]:
    return {"before": excerpt.before, "quote": excerpt.quote, "after": excerpt.after}


def _article(kept: "KeptArticle | None") -> Mapping[str, object] | None:
    return {"id": kept.article.id, **_notice(kept), "source": kept.source, "collected": kept.seen} if kept else None


def _notice(kept: "KeptArticle | None") -> Mapping[str, object]:
    if kept is None:
        return {}
    article = kept.article
    return {"outlet": article.outlet, "title": article.title, "url": article.url, "published": article.published}
