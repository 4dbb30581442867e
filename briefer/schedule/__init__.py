"""When things are due: cron, timezones and a moment in; due times out. And the files of other schedulers."""

from briefer.schedule.deciding import Known, Order, decide
from briefer.schedule.due import latest_due, next_due, occurrences
from briefer.schedule.jobs import Job, jobs_of

__all__ = ["Job", "Known", "Order", "decide", "jobs_of", "latest_due", "next_due", "occurrences"]
