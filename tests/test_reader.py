"""What the rules reader takes from invented news sentences, against what a careful analyst would (reader_cases.toml).

A case known to fail is an expected failure that must fail: an improvement shows, and its mark is then taken off.
"""

from collections.abc import Iterator

import pytest
from _pytest.mark.structures import ParameterSet
from reader_scoring import MISS, RIGHT, WRONG, Case, Want, cases, compare, extra


def _wanted() -> Iterator[ParameterSet]:
    for case in cases():
        for number, want in enumerate(case.want):
            name = case.name if len(case.want) == 1 else f"{case.name} {number + 1}"
            known = str(want.get("known", ""))
            assert known in ("", MISS, WRONG), name
            marks = [pytest.mark.xfail(strict=True, reason=known)] if known else []
            yield pytest.param(case, want, id=name, marks=marks)


def _judged() -> Iterator[ParameterSet]:
    for case in cases():
        marks = [pytest.mark.xfail(strict=True, reason="reads more than is said")] if case.known_extra else []
        yield pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize(("case", "want"), list(_wanted()))
def test_what_the_sentence_says_is_read(case: Case, want: Want) -> None:
    found = compare(case, want)
    assert found.outcome == RIGHT, f"{case.text}\n{found}"


@pytest.mark.parametrize("case", list(_judged()))
def test_no_change_of_territory_is_read_that_the_sentence_does_not_say(case: Case) -> None:
    over = [f"{claim.change} {claim.place and claim.place.name}: {claim.text}" for claim in extra(case)]
    assert not over, case.text
