"""The template of a prompt file: its text in, a Template out that fills in variables and does nothing else.

The language is a small part of Jinja2: `{{ variable }}`, the filters below, `{% if %}` with comparisons, comments.
No loop, call, arithmetic, include or clock: what a prompt says follows from its variables alone, and is no longer
than they make it.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from briefer.errors import PromptError
from briefer.prompts.header import Faults, closest

if TYPE_CHECKING:
    import jinja2
    from jinja2 import nodes

FILTERS = ("trim", "upper", "lower", "capitalize", "title")
LONGEST = 4_000_000
"""Characters of a rendered part: above any model's window, below what would fill the memory."""

_ALLOWED = frozenset(
    "Template Output TemplateData Name Const Filter If CondExpr Compare Operand Not And Or".split()  # of jinja2.nodes
)


class Template:
    """One part (system or user) of a prompt. `line` is where its text begins in the file, from 1."""

    __slots__ = ("_compiled", "source")

    def __init__(self, source: str, *, line: int, variables: tuple[str, ...], faults: Faults) -> None:
        """Read a template; what is wrong with it is added to `faults`, and it must not be rendered then."""
        self.source = source
        self._compiled = _compile(source, line, variables, faults)

    def render(self, variables: Mapping[str, str]) -> str:
        """The text with the variables filled in, stripped. Raises PromptError where it is too long."""
        if self._compiled is None:
            raise PromptError("a template with faults cannot be rendered")
        return "".join(_bounded(self._compiled.generate(variables))).strip()

    def prints(self, variables: tuple[str, ...]) -> dict[str, int]:
        """How often each variable's text reaches the prompt when all of them have one; without those that do not."""
        if self._compiled is None:
            return dict.fromkeys(variables, 1)
        signs = {name: f"\x00{name}\x00" for name in variables}
        shown = "".join(self._compiled.generate(signs)).lower()
        return {name: shown.count(sign) for name, sign in signs.items() if sign in shown}


def _bounded(pieces: Iterator[str]) -> Iterator[str]:
    room = LONGEST
    for piece in pieces:
        room -= len(piece)
        if room < 0:
            raise PromptError(f"a rendered prompt is over {LONGEST:,} characters; give it less at a time")
        yield piece


@cache
def _environment() -> "jinja2.Environment":
    # Imported where a prompt is read: a run without a model pays nothing for it.
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True, loader=None
    )
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in FILTERS}
    environment.tests.clear()
    return environment


def _compile(source: str, line: int, variables: tuple[str, ...], faults: Faults) -> "jinja2.Template | None":
    import jinja2

    try:
        tree = _environment().parse(source)
    except jinja2.TemplateSyntaxError as error:
        faults.add(line + error.lineno - 1, f"the template cannot be read: {error.message}; mend it here")
        return None
    except ValueError as error:  # a number of thousands of digits
        faults.add(line, f"the template cannot be read: {error}; take the number out")
        return None
    except RecursionError:
        faults.add(line, "the template is nested too deep to be read; make it flat")
        return None
    found = [(node.lineno, why) for node in _walk(tree) if (why := _objection(node, variables))]
    for number, why in found:
        faults.add(line + number - 1, why)
    return None if found else _environment().from_string(source)


def _walk(node: "nodes.Node") -> "Iterator[nodes.Node]":
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _objection(node: "nodes.Node", variables: tuple[str, ...]) -> str:
    from jinja2 import nodes

    if type(node).__name__ not in _ALLOWED:
        return f"`{type(node).__name__}` has no place in a prompt; use variables, {{% if %}}, and {', '.join(FILTERS)}"
    if isinstance(node, nodes.Name) and (node.ctx != "load" or node.name not in variables):
        return f"`{node.name}` is not among this prompt's `needs`; {closest(node.name, variables)}"
    if isinstance(node, nodes.Filter) and (node.name not in FILTERS or node.args or node.kwargs):
        return f"the filter `{node.name}` is not known here; use {', '.join(FILTERS)}, without arguments"
    if isinstance(node, nodes.Const) and not isinstance(node.value, str):
        return f"`{node.value}` is no text; put it in quotes"
    return ""
