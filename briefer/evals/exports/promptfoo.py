"""An export for promptfoo: what was recorded, replayed, each claim held to what is expected of it. Asks no model.

    promptfooconfig.json   a test a pass: its must claims, its must_not claims, and that nothing else is false
    replay.cjs             the provider: hands out the briefings as recorded
    assertions.cjs         the assertions
    recorded.json          the briefings, with briefer's findings of their claims
    known.json             what fell short before, and so fails nothing now

A test fails where the gate finds a claim of its case that fails, and is an error where the case could not be scored.
Without a baseline nothing is known: every must claim has to be told, and nothing false shown. What is measured over all
cases is left to the gate. promptfoo reads a configuration as templates and addresses of files: no word of a case or an
article stands in it, only names that `plain` let through and ids of the shape that cases hold them to.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

from briefer.errors import UsageError
from briefer.evals.cases import Case
from briefer.evals.exports import folder as folders
from briefer.evals.exports.passes import Pass, passes
from briefer.evals.results import FAILING, Comparison, Found, Result, ScoredClaim, Standing

Json: TypeAlias = dict[str, Any]


def write(result: Result, cases: Sequence[Case], folder: Path, comparison: Comparison | None = None) -> None:
    """Write the export into a folder, which is made. Raises UsageError, OutputError."""
    folders.write(files(result, cases, comparison), folder)


def files(result: Result, cases: Sequence[Case], comparison: Comparison | None = None) -> dict[str, str]:
    """The files of the export by path; `comparison` is what the gate found. Raises UsageError.

    It does so where the cases are not those of the result, or the result cannot be held against the baseline.
    """
    _hold_to_comparable(comparison)
    found = passes(result, cases)
    return {
        "promptfooconfig.json": _pretty(_config(result, found)),
        "replay.cjs": folders.shipped("replay.cjs"),
        "assertions.cjs": folders.shipped("assertions.cjs"),
        "recorded.json": _pretty({each.key: _recorded(each) for each in found}),
        "known.json": _pretty({each.key: _known(each, comparison) for each in found}),
    }


def _pretty(value: Json) -> str:
    return f"{folders.as_json(value, indent=1)}\n"


def _hold_to_comparable(comparison: Comparison | None) -> None:
    """Where nothing could be compared no claim is found to be new, and every test would pass."""
    apart = [each.what for each in comparison.found if each.kind is Found.INCOMPARABLE] if comparison else []
    if apart:
        raise UsageError(f"the result cannot be held against the baseline: {apart[0]}; export it without a baseline")


def _config(result: Result, found: Sequence[Pass]) -> Json:
    return {
        "description": f"briefer, {result.label}: what was recorded, replayed",
        "prompts": ["{{pass}}"],
        "providers": [{"id": "file://replay.cjs", "label": f"briefer {result.label}"}],
        "sharing": False,
        "tests": [_test(each) for each in found],
    }


def _test(each: Pass) -> Json:
    sheet = each.case.sheet
    return {
        "description": each.key,
        "vars": {"pass": each.key},
        "assert": [
            *(_assertion("told", "told", {"claim": claim.id}) for claim in sheet.must),
            *(_assertion("notForbidden", "not forbidden", {"claim": claim.id}) for claim in sheet.must_not),
            _assertion("nothingFalse", "supported", {}),
        ],
    }


def _assertion(function: str, metric: str, config: Json) -> Json:
    value = f"file://assertions.cjs:{function}"
    return {"type": "javascript", "value": value, "metric": metric, **({"config": config} if config else {})}


def _recorded(each: Pass) -> Json:
    return {
        "output": each.output,
        "error": each.result.error,
        "told": [told.id for told in each.must if told.found],
        "texts": _texts(each.case),
        "shown": sum(claim.shown for claim in each.result.claims),
        "false": sum(claim.shown for claim in each.false),
        "doubtful": [
            {
                "id": claim.id,
                "text": claim.text,
                "shown": claim.shown,
                "standing": claim.standing.value if claim in each.false else "vouched for by nobody",
                "why": claim.why,
                "forbidden": claim.forbidden if claim.standing is Standing.FORBIDDEN else "",
            }
            for claim in _doubtful(each)
        ],
    }


def _doubtful(each: Pass) -> list[ScoredClaim]:
    """The claims that a gate can fail by: those that do not stand, and those shown that nobody vouches for."""
    return [claim for claim in each.result.claims if claim in each.false or (claim.shown and claim.vouched is None)]


def _texts(case: Case) -> dict[str, str]:
    return {
        **{claim.id: claim.text for claim in case.sheet.must},
        **{claim.id: claim.text for claim in case.sheet.must_not},
    }


def _known(each: Pass, comparison: Comparison | None) -> Json:
    """The claims that may fall short: all that the gate has nothing against. Without a gate, all but what is false."""
    doubtful = _doubtful(each)
    if comparison is None:
        return {"missed": [], "doubtful": [claim.id for claim in doubtful if not (claim.shown and claim in each.false)]}
    failing = [one for one in comparison.found if one.kind in FAILING and one.case == each.result.name]
    lost = {one.claim for one in failing if one.kind is Found.LOST_MUST}
    new = {one.claim for one in failing if one.kind is not Found.LOST_MUST}
    return {
        "missed": [told.id for told in each.must if not told.found and told.id not in lost],
        "doubtful": [claim.id for claim in doubtful if claim.id not in new],
    }
