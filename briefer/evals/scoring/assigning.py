"""Pairs of two lists, each member in one pair at most, so that the sum of the pairs' worths is greatest.

The method of augmenting paths over potentials (Kuhn and Munkres; Jonker and Volgenant 1987), in O(n³).
"""

from collections.abc import Sequence

_FAR = float("inf")


def assign(worth: Sequence[Sequence[float]], least: float) -> list[tuple[int, int]]:
    """Row and column of each pair worth `least` or more, by row. Of equal sums the one of earlier columns is taken."""
    rows, columns = len(worth), len(worth[0]) if worth else 0
    if not rows or not columns:
        return []
    side = max(rows, columns)
    cost = [
        [-worth[r][c] if r < rows and c < columns and worth[r][c] >= least else 0.0 for c in range(side)]
        for r in range(side)
    ]
    row_of = _matched(cost)
    pairs = ((row_of[column], column) for column in range(columns))
    return sorted((row, column) for row, column in pairs if row < rows and worth[row][column] >= least)


def _matched(cost: Sequence[Sequence[float]]) -> list[int]:
    """The row of each column at the least cost of a square matrix."""
    size = len(cost)
    of_row, of_column = [0.0] * (size + 1), [0.0] * (size + 1)
    row_of, before = [0] * (size + 1), [0] * (size + 1)  # column 0 is where a row begins
    for row in range(1, size + 1):
        row_of[0] = row
        free = _path(cost, row_of, of_row, of_column, before)
        while free:
            row_of[free] = row_of[before[free]]
            free = before[free]
    return [each - 1 for each in row_of[1:]]


def _path(
    cost: Sequence[Sequence[float]],
    row_of: Sequence[int],
    of_row: list[float],
    of_column: list[float],
    before: list[int],
) -> int:
    """The free column that the cheapest path from the new row leads to; `before` tells the way back."""
    size = len(cost)
    reached, column = [False] * (size + 1), 0
    nearest = [_FAR] * (size + 1)
    while row_of[column]:
        reached[column] = True
        row, step, best = row_of[column], _FAR, 0
        for other in range(1, size + 1):
            if reached[other]:
                continue
            slack = cost[row - 1][other - 1] - of_row[row] - of_column[other]
            if slack < nearest[other]:
                nearest[other], before[other] = slack, column
            if nearest[other] < step:
                step, best = nearest[other], other
        for other in range(size + 1):
            if reached[other]:
                of_row[row_of[other]] += step
                of_column[other] -= step
            else:
                nearest[other] -= step
        column = best
    return column
