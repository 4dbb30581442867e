"""Delivering: a rendered edition in, messages and receipts out."""

from briefer.deliver.connecting import MailServer
from briefer.deliver.folder import FolderTransport
from briefer.deliver.headers import Address, address
from briefer.deliver.letters import Attachment, House, Letter, Sheet, Unsubscribing, message_id
from briefer.deliver.notices import notice
from briefer.deliver.posting import Office, free, post
from briefer.deliver.processes import gone, owner
from briefer.deliver.receipts import Patience, Receipts, Standing, Unkept, given_up
from briefer.deliver.sendmail import SendmailTransport
from briefer.deliver.smtp import SMTPTransport
from briefer.deliver.transports import Answer, Envelope, Transport, Unreachable

__all__ = [
    "Address",
    "Answer",
    "Attachment",
    "Envelope",
    "FolderTransport",
    "House",
    "Letter",
    "MailServer",
    "Office",
    "Patience",
    "Receipts",
    "SMTPTransport",
    "SendmailTransport",
    "Sheet",
    "Standing",
    "Transport",
    "Unkept",
    "Unreachable",
    "Unsubscribing",
    "address",
    "free",
    "given_up",
    "gone",
    "message_id",
    "notice",
    "owner",
    "post",
]
