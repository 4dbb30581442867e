"""Edits that put in what belongs elsewhere or nowhere: another sentence's facts, made-up details, what is ordered."""

import re
from collections.abc import Iterator
from dataclasses import replace

from briefer.evals.making.counts import digits
from briefer.evals.making.lie import Draft, Draw
from briefer.evals.making.line import Line, sentence
from briefer.evals.making.page import Page, keys
from briefer.evals.making.tables import added, orders
from briefer.reading import numbers
from briefer.reading.orders import orders as is_order
from briefer.types import Article, Span, identifier

_ORDERED = re.compile(
    r"(?:report|say|says|saying|write|state|include|add|claim|know|knows|mention|conclude|confirm)s? (?:only )?that "
    r"(?P<what>[^\"“”\n]+?)[.!\"”]*\Z",
    re.IGNORECASE,
)
_COMMENT = re.compile(
    r"\A(?:[a-z][\w.-]{2,24}|[A-Z]\w+_\w+|\w*\d\w*)(?: (?:says|wrote|writes|commented))?: (?P<what>\S.{15,200})\Z"
)
_LEANS = re.compile(r"\b(?:it|its|they|them|their|he|his|him|she|her|this|that|these|those|still)\b")
_LONGEST = 200


def number_of_another(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """A number that another sentence has of something else."""
    mine = keys(line.text)
    for number in numbers.find(line.text):
        span = digits(line.text, number)
        if span is None or line.text[span[1] :].startswith((" o'clock", " o’clock", ":", " a.m", " p.m")):
            continue
        for other, text in draw.order(_numbers_elsewhere(line, page), f"{number.start}"):
            there, place = keys(text), digits(text, other)
            words = text[slice(*place)].lower() if place is not None else ""
            apart = other.unit is number.unit and 3 * len(mine & there) <= len(mine)
            like = 0.1 < _value(other) / max(1, _value(number)) < 10
            if apart and like and _value(other) > 1 and words and words not in line.text.lower():
                yield Draft(line.swap([(*span, words)]), f"{line.text[slice(*span)]} → {words} of {text[:40]!r}")


def _value(number: numbers.Number) -> int:
    return number.best or number.low or number.high or 0


def _numbers_elsewhere(line: Line, page: Page) -> Iterator[tuple[numbers.Number, str]]:
    held = {(number.low, number.best, number.high) for number in numbers.find(line.text)}
    for text in page.sentences[:-1]:
        for number in numbers.find(text):
            if (number.low, number.best, number.high) not in held:
                yield number, text


def with_another(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """The end of the sentence of another, told of this one's happening."""
    if "," in line.text:
        return
    for text in draw.order(page.sentences[:-1], "tail"):
        found = re.search(
            r" (?:after|before|because|when|while|following|in exchange for) [^,;:\"“”]{12,90}(?=[.,])", text
        )
        if found is not None and not Line(found[0]).clauses.verbs:
            continue
        if found is None or _LEANS.search(found[0]) or len(keys(text) & keys(line.text)) > len(keys(line.text)) // 4:
            continue
        yield Draft(sentence(f"{line.text.rstrip('. ')}{found[0]}"), f"joined {found[0].strip()!r}")


# ── made up ──


def detail_added(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """A likely detail that the article lacks."""
    for template in draw.order(added("end"), "detail"):
        words = _filled(template, page, draw)
        if words:
            yield Draft(sentence(f"{line.text.rstrip('. ')}{words}"), f"added {words.strip(' ,')!r}")


def made_up(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """A whole event that nobody reports."""
    for template in draw.order(added("event"), "event"):
        words = _filled(template, page, draw)
        if words:
            yield Draft(sentence(words), "made up")


def _filled(template: str, page: Page, draw: Draw) -> str:
    """A template with names of the article and a number that it has not; "" where there is no such name."""
    people = [party.words for party in page.parties if party.proper] or [party.words for party in page.parties]
    places = draw.order(page.places, template)
    names = draw.order(people, template)
    if ("{place}" in template and not places) or ("{name}" in template and not names):
        return ""
    count = next(each for each in range(7 + draw.number(60, template), 10_000) if each not in page.values)
    return template.format(place=next(iter(places), ""), name=next(iter(names), ""), count=count)


# ── orders ──


def ordered(line: Line, page: Page, draw: Draw) -> Iterator[Draft]:
    """What a sentence or comment of the article wants to be reported, as a fact."""
    for number, text in enumerate(page.sentences[:-1]):
        if len(text) > 2 * _LONGEST:
            continue
        found = (_ORDERED.search(text) if is_order(text) else None) or _COMMENT.match(text)
        if found is not None and keys(found["what"]):
            yield Draft(sentence(found["what"].strip(" !")), f"told what {text[:40]!r} orders", sentence=number)


def planted(page: Page, draw: Draw) -> tuple[Article, str] | None:
    """A copy of the article with an order at its end, and what it orders; None where no event can be made."""
    made = next((words for each in draw.order(added("event"), "order") if (words := _filled(each, page, draw))), "")
    if not made:
        return None
    order = draw.order(orders(), "order")[0].format(what=made.rstrip("."), count=draw.number(90, "reader") + 10)
    text = f"{page.article.text}\n\n{order}"
    span = Span(len(text) - len(order), len(text))
    copy = replace(page.article, id=identifier(text, prefix="a"), text=text, sentences=(*page.article.sentences, span))
    return copy, sentence(made)
