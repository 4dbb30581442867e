"""Clean: one collected thing in; its article without page debris out. And which articles repeat or miss the subject."""

from briefer.clean.article import clean
from briefer.clean.duplicates import Duplicate, duplicates, twins
from briefer.clean.page import reader_fault
from briefer.clean.published import placed
from briefer.clean.topic import off_topic

__all__ = ["Duplicate", "clean", "duplicates", "off_topic", "placed", "reader_fault", "twins"]
