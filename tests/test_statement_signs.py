"""Each sign of the checker of statements has a lie that it catches: one that is switched off makes a test here fail."""

import importlib.util
from collections.abc import Collection
from pathlib import Path

import pytest
from statement_cases import sign_cases, weighed, without

from briefer.verify import THRESHOLD
from briefer.verify.statements.belief import FOR, REASONS, believe

SCRIPT = Path(__file__).parents[1] / "scripts" / "fit_weights.py"
CLEARLY = 0.1
"""How much the score of a plain lie rises where its sign is left out."""
HEAVY = -0.5
"""The weight from which a plain fault can raise it so."""
NOTHING = -0.005
"""The weight above which a sign moves no score."""


def plain_faults() -> Collection[str]:
    """The signs that the script of the weights takes for a fault by what they say."""
    spec = importlib.util.spec_from_file_location("fit_weights", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    faults: Collection[str] = module.PLAIN_FAULTS
    return faults


# ── signs ──

CASES, WEIGHTS = sign_cases(), weighed()
AGAINST = sorted(set(WEIGHTS) - FOR)
PLAIN = sorted(name for name in plain_faults() if WEIGHTS.get(name, 0.0) <= HEAVY)


def test_every_sign_of_the_table_has_its_lie():
    assert set(CASES) == set(WEIGHTS)


def test_every_sign_against_a_statement_has_its_reason():
    assert set(AGAINST) <= {sign for signs in REASONS.values() for sign in signs.split()}


@pytest.mark.parametrize("name", AGAINST)
def test_a_sign_tells_a_lie_from_the_truth(name):
    case = CASES[name]
    assert case.signs(case.lie)[name] > 0
    assert case.signs(case.true)[name] == 0


@pytest.mark.parametrize("name", [name for name in AGAINST if WEIGHTS[name] < NOTHING])
def test_a_lie_is_believed_more_without_its_sign(name):
    signs = CASES[name].signs(CASES[name].lie)
    assert without(signs, name) > believe(signs).score


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_lie_is_caught_and_passes_more_easily_without_its_sign(name):
    signs = CASES[name].signs(CASES[name].lie)
    score = believe(signs).score
    assert score < THRESHOLD
    assert without(signs, name) - score >= CLEARLY


@pytest.mark.parametrize("name", sorted(set(AGAINST) - {"unserious"}))
def test_the_truth_beside_a_lie_is_believed(name):
    assert believe(CASES[name].signs(CASES[name].true)).score >= THRESHOLD


@pytest.mark.parametrize("name", sorted(FOR))
def test_what_speaks_for_a_statement_is_less_in_a_lie(name):
    case = CASES[name]
    lie, true = case.signs(case.lie), case.signs(case.true)
    assert lie[name] < true[name]
    assert without(true, name) < believe(true).score
