"""The pipeline: collected things in, one Briefing out.

It decides what each collected thing's fate is, and what an edition knows of those before it; every other judgement is a
stage's own. No clock, disk or network here: what differs from run to run is passed in.
"""

from briefer.pipeline.reading import Readers
from briefer.pipeline.remembering import Past, remember
from briefer.pipeline.running import run
from briefer.pipeline.surveying import NAMED, RULES_READ, Edition, Survey, survey
from briefer.pipeline.watching import Progress, unwatched

__all__ = [
    "NAMED",
    "RULES_READ",
    "Edition",
    "Past",
    "Progress",
    "Readers",
    "Survey",
    "remember",
    "run",
    "survey",
    "unwatched",
]
