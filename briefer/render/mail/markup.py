"""A Sheet as HTML for mail clients: tables and inlined styles, nothing loaded, and no word of a source markup.

Autoescape holds for every expression of the template. The words that mail clients turn into links by themselves are
parted by an invisible joiner, so that no text of a source becomes one.
"""

import re
from functools import cache
from importlib.resources import files

from css_inline import CSSInliner
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from briefer.render.mail.sheet import Sheet, few, more, tight
from briefer.render.safe import web_address

_JOINER = "\u2060"
_LINKED = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=\S)(?=@\S)", re.IGNORECASE)
_ISOLATES = str.maketrans("", "", "\u2068\u2069")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,8})?")


def html(sheet: Sheet) -> str:
    """The mail's HTML, a whole page, ending in a newline."""
    return _inliner().inline(_page("mail.html", sheet)).strip() + "\n"


def fragment(sheet: Sheet) -> str:
    """What a sheet tells, as one element without styles, for a page or a feed of others."""
    return _page("entry.html", sheet).strip() + "\n"


def _page(template: str, sheet: Sheet) -> str:
    language = sheet.language if _LANGUAGE.fullmatch(sheet.language) else "en"
    return _environment().get_template(template).render(sheet=sheet, language=language)


def unlinked(text: str) -> str:
    """The text such that no mail client takes an address in it for a link."""
    return _LINKED.sub(_JOINER, text)


def own(text: str) -> str:
    """A text that stands in an element with a direction of its own, without the isolates that it needs in a line."""
    return text.translate(_ISOLATES)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=DictLoader({name: _data(name) for name in ("mail.html", "entry.html", "parts.html")}),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(own=own, tight=tight, few=few, address=_address, more=more)
    made.globals.update(dark=Markup(_data("dark.css")))
    return made


def _address(url: str) -> Markup:
    """An address as the value of an attribute: whole, as only there it is meant to be a link."""
    return escape(web_address(url))


def _shown(value: object) -> object:
    return unlinked(value) if type(value) is str else value


@cache
def _inliner() -> CSSInliner:
    return CSSInliner(
        extra_css=_data("mail.css"),
        inline_style_tags=False,
        keep_style_tags=True,  # what the night changes cannot stand inline
        load_remote_stylesheets=False,
        minify_css=True,
    )


def _data(name: str) -> str:
    return files("briefer.render.mail").joinpath("data", name).read_text(encoding="utf-8")
