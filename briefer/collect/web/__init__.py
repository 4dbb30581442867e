"""Collecting over the network: addresses of feeds and pages in; articles as found, and what is known of each source."""

from briefer.collect.web.choosing import chosen
from briefer.collect.web.feeds import Feed, NoFeed, read_feed
from briefer.collect.web.fetching import Got, Manners, Missed, Network, Wanted, Web, web
from briefer.collect.web.turns import by_host, in_turn
from briefer.collect.web.visiting import Found, Visit, Visited, WebSource

__all__ = [
    "Feed",
    "Found",
    "Got",
    "Manners",
    "Missed",
    "Network",
    "NoFeed",
    "Visit",
    "Visited",
    "Wanted",
    "Web",
    "WebSource",
    "by_host",
    "chosen",
    "in_turn",
    "read_feed",
    "web",
]
