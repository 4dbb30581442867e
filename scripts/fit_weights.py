"""Makes briefer/verify/data/weights.tsv from labelled days: how much each sign speaks for or against a statement.

In: the days of evals/lies/build (or others named). Each claim counts as labelled, in all three settings. Beside them,
so that neither copying nor being about something else is taken for a label: sentences of the evidence of true claims,
word for word, are true, and the claims of another day, or held against an article that they do not rest on, are untold.
Out: a logistic regression by projected gradient, no weight of the sign that would let a fault help. The run is
deterministic.

    python scripts/fit_weights.py [--hold-out] [DAYS]
"""

import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from briefer.evals.labelled import Day, load_all, shipped
from briefer.evals.lies import Setting, questions
from briefer.types import Statement
from briefer.verify.statements.belief import BASE, FOR, OF_PLACE
from briefer.verify.statements.checker import Checker

OUT = Path(__file__).parents[1] / "briefer" / "verify" / "data" / "weights.tsv"
L2 = 5
"""Best of 0.5 to 20 where each day is held out in turn: few claims have each sign, and the prior must hold."""
STEPS, RATE = 4000, 0.3
STRANGE = 12
"""Claims of the next day that are held against a day."""
LABELLED = 1.0
HALF = 0.5
"""What a case that nobody labelled counts, beside one of a labelled claim."""

PLAIN_FAULTS = frozenset(
    """number_contrary put_number moved_number number_crossed put_name moved_name put_time moved_time exchanged
    put_opposed swapped crossed left_not put_not bound_other times_other fate_other ordered taken_back denied unreal
    attempted added_number
    bearing_other comment doer_other other_voice bare not_differs left_modal day_other hour_other deed_opposed
    put_word borrowed old old_page number_other left_hedge war_turned war_not_done war_denied war_elsewhere
    war_by_another war_other_count partisan number_paired time_paired name_paired not_alone""".split()
)
"""Signs that are a fault by what they say. They are too rare for labelled claims to weigh each of them well."""
HALF_FAULTS = frozenset("number_lacking name_nowhere name_not_on_page number_other bare_line untold".split())
"""Signs that are one unless the sources tell it in other words."""
PRIOR, HALF_PRIOR = -3.3, -0.7
"""What such signs weigh before any claim is seen; the others weigh nothing."""

Case = tuple[str, dict[str, float], bool, float]
"""A day, the signs, whether it is true, and how much it counts."""


def cases(days: Sequence[Day]) -> Iterator[Case]:
    """Every case of the days."""
    for at, day in enumerate(days):
        checker = Checker(tuple(day.articles.values()))
        for setting in Setting:
            for question in questions(day, setting):
                yield from _case(day, checker, question.statement, question.claim.label == "supported", LABELLED)
        ids = {file: article.id for file, article in day.articles.items()}
        true = [claim for claim in day.claims if claim.label == "supported"]
        for claim in true:
            held = tuple(dict.fromkeys(ids[file] for file in claim.files if file in ids))
            for sentence in claim.evidence:
                yield from _case(day, checker, Statement(claim.id, sentence, held), True, HALF)

        for place, claim in enumerate(true):
            yield from _case(
                day, checker, Statement(claim.id, claim.text, _beside(day, claim.files, place)), False, HALF
            )
        other = days[(at + 1) % len(days)]
        for claim in [each for each in other.claims if each.label == "supported"][:STRANGE]:
            yield from _case(day, checker, Statement(claim.id, claim.text), False, HALF)


def _beside(day: Day, files: Sequence[str], place: int) -> tuple[str, ...]:
    """An article of the day that the claim does not rest on: of the same war, with the same names."""
    others = [article.id for file, article in sorted(day.articles.items()) if file not in files]
    return (others[place % len(others)],)


def _case(day: Day, checker: Checker, statement: Statement, label: bool, counts: float) -> Iterator[Case]:
    for found in checker.signs(statement):
        yield day.name, found, label, counts


def table(found: Sequence[Case], names: Sequence[str]) -> np.ndarray:
    """A row a case, its signs in the order of the names."""
    return np.array([[signs.get(name, 0.0) for name in names] for _, signs, _, _ in found])


def fit(rows: np.ndarray, labels: np.ndarray, counts: np.ndarray, names: Sequence[str]) -> tuple[np.ndarray, float]:
    """Weights and the one that every statement has."""
    sides = np.array([1.0 if name in FOR else -1.0 for name in names])
    prior = np.array([PRIOR if name in PLAIN_FAULTS else HALF_PRIOR if name in HALF_FAULTS else 0.0 for name in names])
    weights, base = prior.copy(), 0.0
    share = counts / counts.sum()
    for _ in range(STEPS):
        wrong = 1 / (1 + np.exp(-(rows @ weights + base))) - labels
        weights = weights - RATE * (rows.T @ (wrong * share) + L2 * (weights - prior) / counts.sum())
        base -= RATE * float((wrong * share).sum())
        weights = np.where(weights * sides > 0, weights, 0.0)
    return weights, base


def held_out(found: Sequence[Case], names: Sequence[str]) -> None:
    """What comes of it where each day in turn is left out, on labelled claims alone."""
    rows, labels = table(found, names), np.array([float(case[2]) for case in found])
    counts, days = np.array([case[3] for case in found]), np.array([case[0] for case in found])
    for day in sorted(set(days)):
        mine = days == day
        weights, base = fit(rows[~mine], labels[~mine], counts[~mine], names)
        asked = mine & (counts == LABELLED)
        kept = (rows[asked] @ weights + base) >= 0
        right = labels[asked] == 1.0
        print(f"{day:24} true kept {kept[right].mean():.3f}  lies caught {1 - kept[~right].mean():.3f}")


def main(arguments: Sequence[str]) -> None:
    """Fit and write, or with --hold-out only show how it does on days that it did not see."""
    folders = [Path(each) for each in arguments if not each.startswith("--")]
    days = load_all(folders[0] if folders else shipped("build"))
    found = list(cases(days))
    names = sorted(set(chain.from_iterable(signs for _, signs, _, _ in found)) - {OF_PLACE})
    if "--hold-out" in arguments:
        held_out(found, names)
        return
    labels, counts = np.array([float(case[2]) for case in found]), np.array([case[3] for case in found])
    weights, base = fit(table(found, names), labels, counts, names)
    head = "# Made by scripts/fit_weights.py from evals/lies/build: sign <TAB> weight.\n"
    lines = [f"{BASE}\t{base:.3f}\n"]
    lines += [f"{name}\t{weights[at]:.3f}\n" for at, name in enumerate(names)]
    OUT.write_text(head + "".join(lines), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
