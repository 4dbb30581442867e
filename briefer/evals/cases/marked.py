"""YAML read with the lines of its parts: text in; plain values out, and where each of them stands.

A key that is given twice, a tag or an alias is a fault: a case is reviewed by people, and says what it shows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

Path: TypeAlias = tuple[str | int, ...]

_LONGEST = 2_000_000
"""Characters of a file; a case of a thousand claims has half of that."""
_DEEPEST = 60
"""Collections in one another; a case has five."""
_MANY = 5000
"""Signs that could each open a collection; of four times as many in one another the stack overruns."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BrokenYaml(ValueError):
    """A text that is no YAML, or YAML that a case must not hold; `line` is from 1."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line


@dataclass(frozen=True, slots=True)
class Marked:
    """Values, and the line (from 1) of each part by its path."""

    value: object
    lines: Mapping[Path, int] = field(default_factory=dict)

    def line(self, path: Iterable[str | int]) -> int:
        """The line of a part, or of the nearest part around it that is there."""
        steps = tuple(path)
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps, 1)


def load(text: str) -> Marked:
    """The values of a YAML text. Raises BrokenYaml."""
    if len(text) > _LONGEST:
        raise BrokenYaml(1, f"is longer than {_LONGEST:,} characters")
    loader = _LOADER(text)
    try:
        if sum(map(text.count, "[{-?")) > _MANY:
            _hold_to_depth(text)
        node = loader.get_single_node()
        values = _Values(loader)
        value = values.of(node, (), 1) if node is not None else None
    except BrokenYaml:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BrokenYaml(mark.line + 1 if mark else 1, error.problem or "is no YAML") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BrokenYaml(1, "is no YAML that can be read") from error
    finally:
        loader.dispose()
    return Marked(value, values.lines)


def _hold_to_depth(text: str) -> None:
    """Raises BrokenYaml where collections stand in one another without end; only what is composed takes stack."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise BrokenYaml(line, f"more than {_DEEPEST} lists and mappings in one another")


class _Values:
    """The plain values of nodes, and their lines. A node that is met again was met by an alias."""

    def __init__(self, loader: yaml.SafeLoader) -> None:
        self._loader = loader
        self._met: set[int] = set()
        self.lines: dict[Path, int] = {}

    def of(self, node: yaml.Node, path: Path, line: int) -> object:
        """The value of a node; `line` is that of what holds it."""
        if id(node) in self._met:
            raise BrokenYaml(line, "an alias; write it out, for a case says what it shows")
        self._met.add(id(node))
        self.lines[path] = line = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.of(each, (*path, number), line) for number, each in enumerate(node.value)]
        return self._loader.construct_object(node, deep=True)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, each in node.value:
            line = key.start_mark.line + 1
            name = key.value if isinstance(key, yaml.ScalarNode) else None
            if name is None or name == "<<":
                raise BrokenYaml(line, "a key is no word")
            if name in found:
                raise BrokenYaml(line, f"{name!r} is given twice")
            found[name] = self.of(each, (*path, name), line)
            self.lines[(*path, name)] = line
        return found
