"""When things are due: cron expressions, timezones and a moment in, due times out; and the files of other schedulers."""
