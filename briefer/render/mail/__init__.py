"""An edition as a mail: its subject, and the same facts as plain text and as HTML that mail clients keep readable."""

from briefer.render.mail.making import MOST_BYTES, Page, abridged, rendered, sent_bytes
from briefer.render.mail.subject import has_news

__all__ = ["MOST_BYTES", "Page", "abridged", "has_news", "rendered", "sent_bytes"]
