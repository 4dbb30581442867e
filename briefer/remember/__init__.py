"""From one edition to the next: events keep their ids, and what a reader was told is held against how it stands now."""

from briefer.remember.identity import Recognised, names_told, recognised
from briefer.remember.news import Known, news
from briefer.remember.selection import of_fronts, selected

__all__ = ["Known", "Recognised", "names_told", "news", "of_fronts", "recognised", "selected"]
