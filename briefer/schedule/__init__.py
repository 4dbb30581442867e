"""When things are due: cron, timezones and a moment in; due times out. And the files of other schedulers."""
