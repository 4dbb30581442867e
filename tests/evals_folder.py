"""Small folders of evals, and what answers their prompts without a model."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reading_model import extracted

QUOTED = re.compile(r"^(\d+) (.+)$", re.M)
CLAIM = re.compile(r"^Claim (\d+) \| on (\d+)", re.M)


def article(town: str) -> str:
    """A short article that tells of one capture."""
    return (
        f"Fighting near {town}\n\nBy our reporter\n\n14 April 2031\n\n"
        f"The Sorvan Front captured {town} from the Velda Army on Monday. "
        f"Residents of {town} said that some shops stayed closed while soldiers walked the streets."
    )


def make_case(folder: Path, town: str, *, date: str = "2031-04-14", articles: Sequence[str] = ()) -> Path:
    """A case of articles, by default one that tells of the capture of a town, and its reference."""
    (folder / "articles").mkdir(parents=True)
    for number, text in enumerate(articles or [article(town)], start=1):
        folder.joinpath("articles", f"post-{number}.txt").write_text(text)
    quote = f"The Sorvan Front captured {town} from the Velda Army on Monday."
    folder.joinpath("case.yaml").write_text(f"title: {town} taken\ndate: {date}\nwar: invented\ntries: [dates]\n")
    folder.joinpath("reference.md").write_text(f"The Sorvan Front took {town}.\n")
    folder.joinpath("claims.yaml").write_text(
        "events:\n  taken: {status: claimed}\nmust:\n"
        f"  - id: taken\n    text: {quote}\n    event: taken\n    kind: territory\n    change: captured\n"
        f"    actor: Sorvan Front\n    opponent: Velda Army\n    place: {town}\n    when: 2031-04-14\n"
        f'    evidence: [{{article: post-1.txt, quote: "{quote}"}}]\n'
    )
    return folder


def make_folder(root: Path, towns: Sequence[str], settings: str = "") -> Path:
    """A folder of evals with a case a town."""
    for town in towns:
        make_case(root / "cases" / town.lower(), town)
    if settings:
        root.joinpath("evals.toml").write_text(settings)
    return root


def answer(request: dict[str, Any]) -> str:
    """Reads every capture, writes no prose, and judges each claim by whether its sentence is about a capture."""
    name = request["response_format"]["json_schema"]["name"]
    user = request["messages"][-1]["content"]
    return json.dumps({"Capital": _capital, "Extracted": extracted, "Judged": judged, "Composed": _prose}[name](user))


def judged(user: str) -> dict[str, Any]:
    """Every claim on a sentence of a capture stands."""
    sentences = {int(number): text for number, text in QUOTED.findall(user)}
    return {"claims": [_ruled(int(number), sentences[int(on)]) for number, on in CLAIM.findall(user)]}


def _ruled(number: int, sentence: str) -> dict[str, Any]:
    words = " ".join(sentence.split()[:6])
    if "captured" in sentence:
        return {"n": number, "v": "supported", "q": words}
    return {"n": number, "v": "unsupported", "r": "fabricated", "q": words}


def _capital(user: str) -> dict[str, Any]:
    return {"capital": "Paris"}


def _prose(user: str) -> dict[str, Any]:
    return {}
