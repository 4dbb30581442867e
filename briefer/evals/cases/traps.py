"""The traps that cases try: what most often goes wrong between war reporting and a briefing of it."""

from enum import StrEnum


class Trap(StrEnum):
    """What a case tries; the comment tells what is got wrong."""

    RECAPTURE = "recapture"  # captured for recaptured; "liberated" taken for more than a side's word
    CLAIM_AS_FACT = "claim_as_fact"  # a side's claim told as fact
    COUNTED_TWICE = "counted_twice"  # copies of one wire text, a toll revised upward
    BACKGROUND = "background"  # background and cumulative tolls read as the day's
    PLANS = "plans"  # a plan or a failed attempt told as done
    REVERSAL = "reversal"  # a gain that was lost again
    WHEREABOUTS = "whereabouts"  # south of, southern, the south; toward is not in
    PLACE_NAMES = "place_names"  # two places of one name, one place under three spellings
    ACTOR_NAMES = "actor_names"  # one actor under five names; renamed, merged, split
    TOLLS = "tolls"  # killed and wounded, fighters and civilians mixed up
    DATES = "dates"  # days worked out against the wrong day; no date at all
    DEBRIS = "debris"  # page debris inside the text
    INJECTION = "injection"  # text that gives orders to the machine
    LANGUAGE = "language"  # sources that are not in English
    NOTHING_NEW = "nothing_new"  # a day without news
    CONTRADICTION = "contradiction"  # sources that cannot both be right
    SATIRE = "satire"  # satire, opinion and readers' comments taken for reports
