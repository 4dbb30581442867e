"""A Markdown file in; its front matter as values and its prose without the markup out."""

import re

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(?P<head>.{0,8000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"^(?P<key>[A-Za-z][\w -]{0,40}?)\s*:\s*(?P<value>.*)$")
_QUOTED = re.compile(r"""\A(["'])(.*)\1\Z""")

_MARKUP = (
    (re.compile(r"<!--.{0,5000}?-->", re.DOTALL), ""),
    (re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,1000}\)"), ""),
    (re.compile(r"\[([^\]\n]{1,500})\]\([^)\n]{0,1000}\)"), r"\1"),
    (re.compile(r"\[([^\]\n]{1,500})\]\[[^\]\n]{0,100}\]"), r"\1"),
    (re.compile(r"^\[[^\]\n]{1,100}\]:\s.*$", re.MULTILINE), ""),
    (re.compile(r"<(https?://[^>\s]{1,1000})>"), r"\1"),
    (re.compile(r"^ {0,3}(?:[-*_] ?){3,}$", re.MULTILINE), ""),
    (re.compile(r"^ {0,3}>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]{1,1000}?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w_])(_{1,3})(?=\S)([^_\n]{1,1000}?)(?<=\S)\1(?![\w_])"), r"\2"),
    (re.compile(r"`([^`\n]{1,500})`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>-])"), r"\1"),
)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE)


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The `key: value` lines between two `---` at the head, and the text after them; no lines where there are none."""
    match = _FRONT.match(text)
    if not match:
        return {}, text
    values: dict[str, str] = {}
    for line in match["head"].split("\n"):
        entry = _ENTRY.match(line)
        if entry:
            values[entry["key"].strip()] = _QUOTED.sub(r"\2", entry["value"].strip())
    return (values, text[match.end() :]) if values else ({}, text)


def prose(markdown: str) -> tuple[str, str]:
    """The first heading when nothing but markup stands before it ("" otherwise), and the text without its markup."""
    for pattern, kept in _MARKUP:
        markdown = pattern.sub(kept, markdown)
    title = ""
    first = _HEADING.search(markdown)
    if first and not markdown[: first.start()].strip():
        title, markdown = first.group(1).strip(), markdown[first.end() :]
    return title, _HEADING.sub(r"\n\1\n", markdown).strip("\n")
