"""Tables of named cases: the first column of a row is its name."""

from collections.abc import Collection, Sequence

import pytest
from _pytest.mark.structures import ParameterSet


def named(rows: Sequence[tuple[object, ...]], *, known: Collection[str] = ()) -> list[ParameterSet]:
    """The rows as parameters under their names; those known to fail must fail, so that an improvement shows."""
    names = [str(row[0]) for row in rows]
    assert len(set(names)) == len(names), "two rows of one name"
    assert set(known) <= set(names), f"no such row: {set(known) - set(names)}"
    expected = pytest.mark.xfail(strict=True, reason="known defect")
    return [pytest.param(*row[1:], id=str(row[0]), marks=[expected] if row[0] in known else []) for row in rows]
