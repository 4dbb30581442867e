"""All prompts of a run. In: a folder of the user's, or none. Out: prompts by name, rendered on demand."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from briefer.errors import PromptError
from briefer.prompts.header import FENCE, Faults, Header, header
from briefer.prompts.template import Template
from briefer.types import Prompt

SYSTEM, USER = "# System", "# User"
NOT_A_PROMPT = frozenset({"readme.md"})
LARGEST = 200_000
"""Bytes of a prompt file; ten times the longest that is of use."""
HASH_LENGTH = 12


@dataclass(frozen=True, slots=True)
class PromptFile:
    """One prompt file, read and checked. `text` has "\\n" for every line end; `hash` is of it. `file` is for people."""

    file: str
    text: str
    header: Header
    system: Template
    user: Template
    shipped: bool = False

    @property
    def name(self) -> str:
        """The name by which a stage asks for it."""
        return self.header.name

    @property
    def hash(self) -> str:
        """A short hash of the whole file, whatever its line ends."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:HASH_LENGTH]


class Prompts:
    """Prompts by name."""

    def __init__(self, files: Mapping[str, PromptFile]) -> None:
        self._files = dict(sorted(files.items()))

    def __iter__(self) -> Iterator[PromptFile]:
        return iter(self._files.values())

    def __getitem__(self, name: str) -> PromptFile:
        """A prompt by its name. Raises PromptError where there is none."""
        if name not in self._files:
            raise PromptError(f"there is no prompt {name!r}; there are {', '.join(self._files)}")
        return self._files[name]

    def render(self, name: str, **variables: str) -> Prompt:
        """A prompt with its variables filled in; those that its template does not print may be given too.

        Raises PromptError for a name that is not there, a variable that is lacking, and a text that is too long.
        """
        prompt = self[name]
        if lacking := [variable for variable in prompt.header.needs if variable not in variables]:
            raise PromptError(f"{prompt.file}: {name} was not given {', '.join(lacking)}; remove it from `needs`")
        system, user = prompt.system.render(variables), prompt.user.render(variables)
        # A condition may leave out for some values what the check of the file has seen printed for others.
        if unsaid := [each for each in prompt.header.stage.printed if variables[each].strip() not in user]:
            raise PromptError(f"{prompt.file}: {', '.join(unsaid)} did not reach the prompt as it is; print it plainly")
        return Prompt(name, prompt.hash, system, user, prompt.header.parameters)

    def hashes(self) -> dict[str, str]:
        """The hash of each prompt by its name, as the briefing names them."""
        return {prompt.name: prompt.hash for prompt in self}


def load(folder: Path | None = None) -> Prompts:
    """The shipped prompts, those of a folder in their place where it has one of the same name.

    Raises PromptError for a folder that cannot be read or holds no prompt, and for every fault in its files.
    """
    files = _by_name(folder_files(shipped_folder()), shipped=True)
    if folder is not None:
        files |= _by_name(folder_files(folder), shipped=False)
    return Prompts(files)


def folder_files(folder: Traversable) -> list[Traversable]:
    """The prompt files of a folder by name: every .md but a README. Raises PromptError where there is none."""
    if not folder.is_dir():
        raise PromptError(f"{folder} is no folder; name one that holds prompt files (.md)")
    try:
        files = [file for file in folder.iterdir() if file.name.endswith(".md") and file.is_file()]
    except OSError as error:
        raise PromptError(f"{folder}: {error.strerror}; make it readable or name another folder") from error
    files = [file for file in files if file.name.lower() not in NOT_A_PROMPT]
    if not files:
        raise PromptError(f"{folder} holds no prompt; put a file there, as `briefer prompts show extract` prints it")
    return sorted(files, key=lambda file: file.name)


def read(file: Traversable, *, shipped: bool = False) -> PromptFile:
    """One prompt file. Raises PromptError that names file, line and remedy, a line for each fault."""
    name = file.name if shipped else str(file)
    text = _text(file, name)
    rows = text.split("\n")
    faults = Faults(name)
    end = _header_end(rows, faults)
    head = header(rows[1:end], faults)
    system, user = _parts(rows, end, head, faults)
    faults.hold()
    _hold_to_stage(system, user, head, rows, faults)
    return PromptFile(name, text, head, system, user, shipped)


def shipped_folder() -> Traversable:
    """Where the prompts are: in the package as it is installed, beside it in a checkout."""
    package = resources.files("briefer")
    inside = package / "_prompts"
    return inside if inside.is_dir() else Path(str(package)).parent / "prompts"


def _by_name(files: list[Traversable], *, shipped: bool) -> dict[str, PromptFile]:
    found: dict[str, PromptFile] = {}
    for file in files:
        prompt = read(file, shipped=shipped)
        if prompt.name in found:
            raise PromptError(
                f"{prompt.file}:1: the name `{prompt.name}` is taken by {found[prompt.name].file}; remove one of them"
            )
        found[prompt.name] = prompt
    return found


def _text(file: Traversable, name: str) -> str:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise PromptError(f"{name}:1: {error.strerror}; make it readable or remove it") from error
    if len(content) > LARGEST:
        raise PromptError(f"{name}:1: the file is over {LARGEST:,} bytes; a prompt is a page or two")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise PromptError(f"{name}:{line}: the file is not UTF-8; save it as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"


def _header_end(rows: list[str], faults: Faults) -> int:
    """The index of the line that closes the header."""
    ends = [number for number, row in enumerate(rows) if row.rstrip() == FENCE]
    if not ends or ends[0] != 0:
        faults.add(1, f"a prompt begins with its header; put `{FENCE}`, its lines and `{FENCE}` at the top")
    elif len(ends) == 1:
        faults.add(1, f"the header has no end; close it with a line `{FENCE}`")
    faults.hold()
    return ends[1]


def _parts(rows: list[str], end: int, head: Header, faults: Faults) -> tuple[Template, Template]:
    """The system and the user part; the headings that begin them are no part of them."""
    system, user = _heading(rows, SYSTEM, faults), _heading(rows, USER, faults)
    faults.hold()
    if system > user:
        faults.add(user + 1, f"`{USER}` stands before `{SYSTEM}`; put the system part first")
    for number in range(end + 1, min(system, user)):
        if rows[number].strip():
            faults.add(number + 1, f"text between the header and `{SYSTEM}` goes nowhere; move it or remove it")
    faults.hold()
    ranges = ((system + 1, user), (user + 1, len(rows)))
    made = [
        Template("\n".join(rows[first:last]), line=first + 1, variables=head.needs, faults=faults)
        for first, last in ranges
    ]
    return made[0], made[1]


def _heading(rows: list[str], heading: str, faults: Faults) -> int:
    """The index of the only line that is this heading."""
    found = [number for number, row in enumerate(rows) if row.rstrip() == heading]
    if not found:
        faults.add(len(rows), f"there is no line `{heading}`; a template has a system and a user part")
    for again in found[1:]:
        faults.add(again + 1, f"a second line `{heading}`; keep one of them")
    return found[0] if found else 0


def _hold_to_stage(system: Template, user: Template, head: Header, rows: list[str], faults: Faults) -> None:
    """Every variable must reach the prompt, and foreign words the user part alone."""
    line = next(number for number, row in enumerate(rows, start=1) if row.startswith("needs"))
    in_system, in_user = system.prints(head.needs), user.prints(head.needs)
    for name in head.needs:
        foreign = name in head.stage.printed
        if name not in (in_user if foreign else in_user | in_system):
            where = f"`{USER}`" if foreign else "the template"
            faults.add(line, f"`{name}` is never printed; write {{{{ {name} }}}} in {where}")
        if foreign and name in in_system:
            faults.add(line, f"`{name}` holds foreign words and stands in `{SYSTEM}`; print it in `{USER}` alone")
    faults.hold()
