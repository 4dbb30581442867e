"""An export for Inspect AI: a dataset of samples, a task that replays what was recorded, and a log of how it scored.

    samples.jsonl       a Sample a pass: the articles, the briefing by hand, the claims of the case as metadata
    outputs.jsonl       what came out of each pass, and its scores
    briefer_task.py     an Inspect task over both; no model is asked
    logs/….json         the same as a log, for `inspect view` and `read_eval_log`

A score is a share; its part and whole are in its metadata. Where a pass has nothing to count, a measure is not scored.
"pooled" sums the parts and the wholes of all passes, as briefer does; a mean of the shares would be another figure.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import BaseModel

from briefer.evals.cases import Case
from briefer.evals.exports import folder as folders
from briefer.evals.exports.passes import Pass, passes
from briefer.evals.results import Measure, Result, Share

CREATED = "1970-01-01T00:00:00+00:00"  # a result knows no clock: the same result gives the same bytes
FORMAT = 2
"""The version of Inspect's log format that is written."""

Json: TypeAlias = dict[str, Any]


def write(result: Result, cases: Sequence[Case], folder: Path) -> None:
    """Write the export into a folder, which is made. Raises UsageError, OutputError."""
    folders.write(files(result, cases), folder)


def files(result: Result, cases: Sequence[Case]) -> dict[str, str]:
    """The files of the export by path. Raises UsageError where the cases are not those of the result."""
    found = passes(result, cases)
    log = folders.as_json(_log(result, found), indent=1)
    return {
        "samples.jsonl": _lines(_sample(each) for each in found),
        "outputs.jsonl": _lines(_recorded(each) for each in found),
        "briefer_task.py": folders.shipped("briefer_task.py"),
        # Inspect lists a JSON file as a log only where its name begins with a time
        f"logs/{CREATED[:19].replace(':', '-')}_briefer-{result.label}_{_mark(log, 12)}.json": f"{log}\n",
    }


def _mark(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def _lines(rows: Iterable[Json]) -> str:
    return "".join(f"{folders.as_json(row)}\n" for row in rows)


def _sample(each: Pass) -> Json:
    return {"id": each.key, "input": each.input, "target": each.case.reference, "metadata": _metadata(each)}


def _metadata(each: Pass) -> Json:
    head, sheet = each.case.head, each.case.sheet
    return {
        "case": each.case.name,
        "hash": each.case.hash,
        **_dumped(head),
        "must": [_dumped(claim) for claim in sheet.must],
        "may": [_dumped(claim) for claim in sheet.may],
        "must_not": [_dumped(claim) for claim in sheet.must_not],
    }


def _dumped(model: BaseModel) -> Json:
    return model.model_dump(mode="json", exclude_defaults=True)


def _recorded(each: Pass) -> Json:
    return {"id": each.key, "output": each.output, "error": each.result.error, "scores": _scores(each)}


def _scores(each: Pass) -> Json:
    """A score for each measure that has something to count."""
    shares = ((measure, each.result.measures.get(measure, Share())) for measure in Measure)
    return {measure.value: _score(each, measure, share) for measure, share in shares if share.whole}


def _score(each: Pass, measure: Measure, share: Share) -> Json:
    told = "\n".join([f"{share.part:g} of {share.whole:g}", *_why(each, measure)])
    return {"value": share.value, "explanation": told, "metadata": {"part": share.part, "whole": share.whole}}


def _why(each: Pass, measure: Measure) -> Iterator[str]:
    """The claims behind a score that is less than the best."""
    if measure is Measure.RECALL:
        yield from (f"not told: {told.text}" for told in each.must if not told.found)
    if measure is Measure.UNSUPPORTED:
        for claim in each.false:
            if claim.shown:
                yield f"{claim.standing.value}: {claim.text}{f' ({claim.why})' if claim.why else ''}"
    if measure is Measure.FORBIDDEN:
        yield from (f"{claim.forbidden}: {claim.text}" for claim in each.false if claim.shown and claim.forbidden)
    if measure is Measure.PROSE:
        yield from (f"not supported: {sentence.text}" for sentence in each.result.prose if not sentence.supported)


# ── the log ──


def _log(result: Result, found: Sequence[Pass]) -> Json:
    model = f"briefer/{result.made.model or result.made.extractor}"
    scored = [each for each in found if not each.result.error]
    return {
        "version": FORMAT,
        "status": "success",
        "eval": _head(result, found, model),
        "plan": {"name": "plan", "steps": [{"solver": "replay"}]},
        "results": {
            "total_samples": len(found),
            "completed_samples": len(scored),
            "scores": [_overall(measure, result.measures.get(measure, Share()), scored) for measure in Measure],
            "headline": _HEADLINE,
        },
        "stats": {"model_usage": {model: _usage(result.tokens_in, result.tokens_out)}},
        "samples": [_logged(each, model) for each in found],
    }


_HEADLINE = {"scorer": Measure.UNSUPPORTED.value, "metric": "pooled"}


def _head(result: Result, found: Sequence[Pass], model: str) -> Json:
    mark = _mark(folders.as_json([result.scorer, result.verifier, [_recorded(each) for each in found]]), 22)
    keys = [each.key for each in found]
    return {
        "eval_id": mark,
        "run_id": mark,
        "task_id": mark,
        "created": CREATED,
        "task": f"briefer-{result.label}",
        "task_file": "briefer_task.py",
        "dataset": {"name": "samples", "location": "samples.jsonl", "samples": len(keys), "sample_ids": keys},
        "model": model,
        "config": {"epochs": 1, "fail_on_error": False},
        "metadata": {**_dumped(result.made), "scorer": result.scorer, "verifier": result.verifier},
        "scorers": [{"name": measure.value, "metrics": [{"name": "pooled"}]} for measure in Measure],
        "headline_metric": _HEADLINE,
    }


def _overall(measure: Measure, share: Share, scored: Sequence[Pass]) -> Json:
    counted = sum(measure.value in _scores(each) for each in scored)
    metrics = {"pooled": {"name": "pooled", "value": share.value}} if share.whole else {}
    return {
        "name": measure.value,
        "scorer": measure.value,
        "scored_samples": counted,
        "unscored_samples": len(scored) - counted,
        "metrics": metrics,
        "metadata": {"part": share.part, "whole": share.whole, "low": share.low, "high": share.high},
    }


def _logged(each: Pass, model: str) -> Json:
    sample = {**_sample(each), "epoch": 1}
    asked = {"id": f"{each.key}-in", "role": "user", "content": sample["input"], "source": "input"}
    if each.result.error:
        error = {"message": each.result.error, "traceback": each.result.error, "traceback_ansi": each.result.error}
        return {**sample, "messages": [asked], "error": error}
    said = {"id": f"{each.key}-out", "role": "assistant", "content": each.output, "source": "generate", "model": model}
    usage = _usage(each.result.tokens_in, each.result.tokens_out)
    return {
        **sample,
        "messages": [asked, said],
        "output": {"model": model, "choices": [{"message": said, "stop_reason": "stop"}], "usage": usage},
        "scores": _scores(each),
        "model_usage": {model: usage},
    }


def _usage(into: int, out: int) -> Mapping[str, int]:
    return {"input_tokens": into, "output_tokens": out, "total_tokens": into + out}
