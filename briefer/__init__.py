"""briefer: one structured daily briefing from a day of war reporting, every claim on the words of a source."""

__version__ = "0.1.0"
