"""When things are due: cron, timezones and a moment in; due times out. And the files of other schedulers."""

from briefer.schedule.deciding import Decision, Known, Order, Outcome, decide
from briefer.schedule.due import latest_due, next_due, occurrences
from briefer.schedule.jobs import Job, jobs_of, retries_of
from briefer.schedule.loop import Loop, Memory

__all__ = [
    "Decision",
    "Job",
    "Known",
    "Loop",
    "Memory",
    "Order",
    "Outcome",
    "decide",
    "jobs_of",
    "latest_due",
    "next_due",
    "occurrences",
    "retries_of",
]
