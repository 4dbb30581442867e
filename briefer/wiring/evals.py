"""Cases run: a folder of evals in; a briefing of each case out, by rules, by recorded replies, or by a live model.

What is replayed asks nobody, and imports nothing that could.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from briefer.errors import RecordingMissing, Stopped, UsageError
from briefer.evals.cases import load
from briefer.evals.plan import Folder
from briefer.evals.running import Briefed
from briefer.models.leftovers import Leftover, gone, leftovers
from briefer.models.missing import told
from briefer.models.tape import Tape
from briefer.pipeline import Progress, unwatched
from briefer.prompts import Prompts
from briefer.settings import Model, Settings
from briefer.wiring import workers
from briefer.wiring.asked import prompts_of
from briefer.wiring.passes import Desk, Done, done

if TYPE_CHECKING:
    from briefer.models.stopping import Stop

T = TypeVar("T")

MOST_AT_ONCE = 8
"""Cases that a live model is asked about at once."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is run. `user` are the user's own settings: how a live model is reached, and what it may cost.

    With `record`, a live model is asked what is not on tape yet, and what nobody asks for is dropped unless `keep` is
    set. Without, cases are run in `jobs` processes, 0 for as many as there are cores.
    """

    folder: Folder
    user: Settings = Settings()
    record: bool = False
    keep: bool = False
    jobs: int = 0

    @property
    def settings(self) -> Settings:
        """The settings that decide on the briefings: the folder's, whosever computer it is."""
        run = self.folder.run
        model = Model(name=run.model, judge=run.review, prose=run.prose, pack_tokens=run.pack_tokens, prices=run.prices)
        return Settings(
            language=run.language, extractor="llm" if run.by_model else "rules", prompts=run.prompts, model=model
        )

    def desk(self) -> Desk:
        """What all cases share where nobody is asked live."""
        return Desk(self.folder, self.settings, prompts_of(self.settings) if self.folder.asks else Prompts({}))


@dataclass(frozen=True, slots=True)
class Ran(Generic[T]):
    """What came of a run: what was made of each pass over each case, by name and pass; what recordings nobody used.

    `dropped` are leftovers that are no longer on tape.
    """

    results: tuple[T, ...]
    leftovers: tuple[Leftover, ...] = ()
    dropped: tuple[Leftover, ...] = ()


def brief_cases(
    plan: Plan, then: Callable[[Briefed], T], *, progress: Progress = unwatched, stop: "Stop | None" = None
) -> Ran[T]:
    """Brief each case, and make of each what `then` makes of it, in the process that briefed it: it must be picklable.

    What keeps one case from being briefed is in `Briefed.error`. Raises UsageError for a case or recording that is
    broken, RecordingMissing that names every question without a recorded reply, Stopped where `stop` was set.
    """
    ended: list[Done[T]] = []
    for each in _all_done(plan, then, stop):
        ended.append(each)
        progress("cases", len(ended), len(plan.folder.chosen))
    if misses := [miss for each in ended for miss in each.misses]:
        raise RecordingMissing(told(misses))
    left = tuple(_left_over(plan, ended))
    ran = Ran(tuple(result for each in ended for result in each.results), left)
    if not plan.record or plan.keep or any(each.failed for each in ended):
        return ran
    return replace(ran, leftovers=tuple(each for each in left if not each.stale), dropped=_drop(left))


def _all_done(plan: Plan, then: Callable[[Briefed], T], stop: "Stop | None") -> Iterator[Done[T]]:
    """Each case done, in their order."""
    if plan.record and plan.folder.asks:
        yield from _recorded(plan, then, stop)
        return
    for ended in workers.each(_Work(plan, then), plan.folder.chosen, jobs=plan.jobs):
        if stop is not None and stop.is_set():
            raise Stopped("stopped before all cases were run")
        yield ended


class _Work(Generic[T]):
    """What is done with each case, in whatever process; prompts that were read are no matter for a pickle."""

    def __init__(self, plan: Plan, then: Callable[[Briefed], T]) -> None:
        self._plan, self._then = plan, then
        self._desk = plan.desk()

    def __call__(self, folder: Path) -> Done[T]:
        return done(load(folder), self._desk, self._then)

    def __reduce__(self) -> tuple[type["_Work[T]"], tuple[Plan, Callable[[Briefed], T]]]:
        return _Work, (self._plan, self._then)


def _left_over(plan: Plan, ended: Iterable[Done[T]]) -> Iterator[Leftover]:
    """What recordings hold and nobody asked for. A case that failed was not asked to its end, and is passed over."""
    ended = list(ended)
    if not plan.folder.asks:
        return
    asked = {sort for each in ended for sort in each.asked}
    yield from leftovers((spare for each in ended if not each.failed for spare in each.spare), asked)
    if len(plan.folder.chosen) == len(plan.folder.names):
        yield from gone(plan.folder.recordings, plan.folder.names)


def _drop(left: Iterable[Leftover]) -> tuple[Leftover, ...]:
    """Take what is stale off the tapes. Raises UsageError where a file cannot be written."""
    stale: dict[Path, list[Leftover]] = defaultdict(list)
    for each in left:
        if each.stale:
            stale[each.file].append(each)
    for file, some in stale.items():
        tape = Tape(file) if all(each.key for each in some) else None
        if tape is not None:
            tape.drop(each.key for each in some)
        if tape is not None and tape.exchanges():
            tape.save()
        else:
            _remove(file)
    return tuple(each for some in stale.values() for each in some)


def _remove(file: Path) -> None:
    try:
        file.unlink()
    except OSError as error:
        raise UsageError(f"{file}: cannot be removed ({error.strerror}); remove it yourself") from error


# ── with a live model ──


def _recorded(plan: Plan, then: Callable[[Briefed], T], stop: "Stop | None") -> Iterator[Done[T]]:
    """Several cases at a time, for most of it is waiting; they and their tapes are read before anything is paid for."""
    cases = [load(folder) for folder in plan.folder.chosen]
    for case in cases:
        Tape(plan.folder.tape(case.name))
    with _live(plan, stop) as live, ThreadPoolExecutor(MOST_AT_ONCE) as threads:
        try:
            yield from threads.map(partial(done, desk=live, then=then), cases)
        finally:
            threads.shutdown(cancel_futures=True)


@contextmanager
def _live(plan: Plan, stop: "Stop | None") -> Iterator[Desk]:
    """A desk with a model to ask, and a judge, which may be the same one."""
    from briefer.wiring.models import live_model

    run, judge = plan.folder.run, plan.folder.judge
    reader = (run.model, run.base_url) if run.by_model else None
    judging = (judge.model, judge.base_url) if judge.model else None
    with ExitStack() as stack:
        askers = {
            each: stack.enter_context(live_model(_reached(plan, *each), stop=stop, kept=False)).asker
            for each in dict.fromkeys((reader, judging))
            if each is not None
        }
        yield replace(
            plan.desk(),
            records=True,
            reading=askers[reader] if reader else None,
            judging=askers[judging] if judging else None,
        )


def _reached(plan: Plan, name: str, address: str) -> Settings:
    """The user's settings with this model, at this address where one is given."""
    user = plan.user.model
    reached = {"name": name, "base_url": address or user.base_url, "prices": plan.folder.run.prices or user.prices}
    return plan.user.model_copy(update={"model": user.model_copy(update=reached)})
