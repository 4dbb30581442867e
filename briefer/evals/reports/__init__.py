"""Reports of an eval: a Result, and a Comparison where there is one, become a text for people or for a CI server."""

from briefer.evals.reports.junit import junit
from briefer.evals.reports.markdown import markdown
from briefer.evals.reports.page import page
from briefer.evals.reports.rows import Rows, rows

__all__ = ["Rows", "junit", "markdown", "page", "rows"]
