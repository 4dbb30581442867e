"""The edition as a reader gets it: snapshots of each form, and no text that can do harm."""

import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from briefing_factory import CUTOFF, EDITION, Run, day, killed, nothing, one_source, place, two_fronts
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from briefer.render import json, markdown, terminal
from briefer.render.safe import line, web_address
from briefer.types import (
    Attribution,
    Briefing,
    Casualties,
    CasualtyKind,
    Change,
    Claimant,
    Contradiction,
    Fate,
    Gap,
    Kind,
    MadeBy,
    Modality,
    Party,
    SourceRecord,
    Stage,
    Status,
    Tokens,
)

EDITIONS = [one_source, two_fronts, nothing]
NAMED = {"argvalues": EDITIONS, "ids": [make.__name__ for make in EDITIONS]}
STYLE = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = (
    "\x1b[31m\x1b]8;;http://evil.example\x07[bold red]x[/] \u202egnp.exe\u2066 "
    "a\u200bb <b>&amp;</b> | `c` ![i](j)\r\n# h\t\x9b2J"
)


@pytest.mark.parametrize("width", [80, 200])
@pytest.mark.parametrize("make", **NAMED)
def test_the_terminal_edition(make, width: int, snapshot: SnapshotAssertion) -> None:
    assert terminal.render(make().briefing(), width=width) == snapshot


def test_the_terminal_edition_with_its_evidence(snapshot: SnapshotAssertion) -> None:
    assert terminal.render(two_fronts().briefing(), width=80, evidence=True) == snapshot


@pytest.mark.parametrize("make", **NAMED)
def test_the_markdown_edition(make, snapshot: SnapshotAssertion) -> None:
    assert markdown.render(make().briefing(), evidence=True) == snapshot


def test_the_json_edition(snapshot: SnapshotAssertion) -> None:
    assert json.render(two_fronts().briefing()) == snapshot


@pytest.mark.parametrize("make", **NAMED)
def test_json_reads_back_to_the_same_briefing(make) -> None:
    briefing = make().briefing()
    assert Briefing.model_validate_json(json.render(briefing)) == briefing


@pytest.mark.parametrize("width", [20, 40, 80, 139, 140, 200, 500])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    text = terminal.render(two_fronts().briefing(), width=width, evidence=True)
    assert max(cell_len(row) for row in text.splitlines()) <= width
    assert not [row for row in text.splitlines() if row != row.rstrip()]


def test_without_colour_there_is_no_escape_code() -> None:
    assert "\x1b" not in terminal.render(two_fronts().briefing(), width=80)


def test_colour_changes_no_word() -> None:
    briefing = two_fronts().briefing()
    coloured = terminal.render(briefing, width=80, color=True)
    assert "\x1b[" in coloured
    stripped = [row.rstrip() for row in STYLE.sub("", coloured).splitlines()]
    assert stripped == terminal.render(briefing, width=80).splitlines()


def test_no_color_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    styles = STYLE.findall(terminal.render(two_fronts().briefing(), width=80, color=True))
    assert not [style for style in styles if re.search(r"[\[;](?:3|4|9|10)\d", style)]


def test_every_mark_has_its_quotes() -> None:
    text = terminal.render(two_fronts().briefing(), width=80, evidence=True)
    before, evidence = text.split(" EVIDENCE\n")
    used = {int(mark) for mark in re.findall(r"\[(\d+)\]", before)}
    assert used <= {int(mark) for mark in re.findall(r"^ \[(\d+)\] ", evidence, re.M)}
    assert "“Nine civilians died at the Ora Bridge.”" in evidence


def test_both_sides_have_their_gains_and_losses() -> None:
    text = terminal.render(one_source().briefing(), width=80)
    up, down = text.split("▼ Attackers: losses")
    assert "▲ Government side: gains  (Army of Tessaly, Karwan Guard)" in up
    assert "reversed   captured several housing" in down


def hostile(value: object, text: str) -> object:
    """The value with every free string in it replaced: not ids, closed words or what must hold a form."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = {"id", "claims", "article", "evidence_ids", "gains", "losses", "reversed_by", "last_evidence", "one"}
        made = {f.name: hostile(getattr(value, f.name), text) for f in fields(value) if f.name not in kept}
        return replace(value, **made)
    if isinstance(value, tuple):
        return tuple(hostile(item, text) for item in value)
    return text if type(value) is str else value


def poisoned(text: str) -> Briefing:
    """An edition whose every name, quote, title and gap is the text."""
    run = two_fronts()
    run.claims = [hostile(claim, text) for claim in run.claims]
    run.events = [hostile(event, text) for event in run.events]
    run.parties = [hostile(party, text) for party in run.parties]
    run.ledger = [replace(holding, place=text, holder=text) for holding in run.ledger]
    run.notes = [Gap(what=text, about=text)]
    run.outlets = {name: (text, published) for name, (_, published) in run.outlets.items()}
    run.records = [SourceRecord(id="x", name=text, outlet=text, title=text, url=text, fate=Fate.OFF_TOPIC, why=text)]
    return run.briefing()


def harmful(text: str) -> list[str]:
    allowed = {"\n", "\u2068", "\u2069"}  # the isolates are ours
    return [c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and c not in allowed]


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(), max_size=30) | st.just(HOSTILE))
def test_no_text_of_a_source_reaches_the_reader_as_a_control_character(text: str) -> None:
    briefing = poisoned(text)
    assert harmful(terminal.render(briefing, width=80, evidence=True)) == []
    assert harmful(STYLE.sub("", terminal.render(briefing, width=120, color=True, evidence=True))) == []
    assert harmful(markdown.render(briefing, evidence=True)) == []
    assert harmful(json.render(briefing)) == []


def test_style_tags_and_escapes_come_out_as_text() -> None:
    text = terminal.render(poisoned("[bold red]x[/] \x1b[31mred"), width=200, color=True)
    assert "[bold red]x[/] ␛[31mred" in STYLE.sub("", text)
    assert "\x1b[31mred" not in text


BITS = """*a*|<img src=x>|[a](javascript:b)|![a](http://b)|http://evil.example|www.evil.example|`a`|# a|- a|1. a|&lt;|
---|===|> a|~~a~~|\\|<!--|    code|[1]: http://x|$a$"""
MARKUP = [*BITS.replace("\n", "").split("|"), "a | b", "a\n\nb"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(MARKUP) | st.text(max_size=8), min_size=1, max_size=4).map(" ".join))
def test_no_text_of_a_source_becomes_markdown(text: str) -> None:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(markdown.render(poisoned(text), evidence=True))
    plain = parser.parse(markdown.render(poisoned("word"), evidence=True))
    usual = [child.type for token in plain for child in token.children or []]
    inline = [child.type for token in tokens for child in token.children or []]
    assert not {"html_block", "code_block", "fence"} & {token.type for token in tokens}
    assert not {"html_inline", "image", "s_open"} & set(inline)
    for kind in ("em_open", "strong_open", "code_inline"):
        assert inline.count(kind) <= usual.count(kind), kind
    for kind in ("heading_open", "blockquote_open", "table_open", "hr", "ordered_list_open"):
        assert sum(t.type == kind for t in tokens) <= sum(t.type == kind for t in plain), kind
    assert not [child for token in tokens for child in token.children or [] if child.type == "link_open" and
                not str(child.attrs["href"]).startswith("https://example.org/")]  # fmt: skip


ADDRESSES = {
    "https://a.example/x?y=1#z": True,
    "http://a.example": True,
    "javascript:alert(1)": False,
    "data:text/html,x": False,
    "https://a.example/<script>": False,
    "https://a.example/)[x](y": False,
    "https://a.example/\n": False,
    "https://a.example/\u202e": False,
    "//a.example": False,
    "": False,
}


@pytest.mark.parametrize(("address", "good"), ADDRESSES.items())
def test_only_plain_web_addresses_become_links(address: str, good: bool) -> None:
    assert web_address(address) == (address if good else "")


LINES = {
    "an escape is shown": ("a\x1b[0m", "a␛[0m"),
    "a direction override is dropped": ("a\u202eb", "ab"),
    "an invisible character is dropped": ("a\u200b\ufeffb", "ab"),
    "line ends become spaces": ("a\r\n\u2028 b", "a b"),
    "right-to-left words are isolated": ("in دمشق now", "in \u2068دمشق\u2069 now"),
    "half a surrogate": ("a\ud800b", "a\ufffdb"),
    "accents stay": ("Sîrwan Łódź Київ", "Sîrwan Łódź Київ"),
    "a heap of marks is cut": ("a" + "\u0301" * 50, "a" + "\u0301" * 4),
}


@pytest.mark.parametrize(("text", "expected"), LINES.values(), ids=LINES.keys())
def test_any_text_becomes_one_harmless_line(text: str, expected: str) -> None:
    assert line(text) == expected


def crowded(fronts: int, events: int) -> Briefing:
    run = Run()
    published = datetime(2031, 5, 16, 6, 0, tzinfo=UTC)
    run.parties = [Party("Veld Army", side="Government side")]
    gains = []
    for number in range(fronts):
        for count in range(events):
            name = f"n{number}-{count}"
            run.article(name, f"Outlet {count}", published - timedelta(hours=count))
            event = run.told(
                name, f"The army took Hill {number}-{count}.", Kind.TERRITORY, change=Change.CAPTURED,
                actors=("Veld Army",), place=place(f"Hill {number}-{count}"), when=day(16),
                event={"front": f"Sector {number:02}"},
            )  # fmt: skip
            gains.append(event.id)
    run.parties = [replace(run.parties[0], gains=tuple(gains))]
    return run.briefing()


def test_a_crowded_edition_stays_readable_and_says_what_it_leaves_out() -> None:
    briefing = crowded(fronts=32, events=16)
    text = terminal.render(briefing, width=80)
    assert len(text.splitlines()) < 480
    assert "and 10 more: --format json" in text
    assert text.count(" SECTOR ") == 32
    assert len(json.render(briefing)) > len(text)


def test_casualties_and_prisoners_are_never_folded_away() -> None:
    run = Run()
    a = run.article("a", "Delta Post", CUTOFF)
    for number in range(30):
        taken = Casualties(CasualtyKind.CAPTURED, best=number + 100, victims="nurses")
        claim = run.claim(a, f"Nurses {number}.", Kind.PRISONERS, casualties=(taken,))
        run.event([claim], reported=EDITION, front=f"Sector {number % 10}")
    text = terminal.render(run.briefing(), width=80)
    assert [number for number in range(30) if str(number + 100) not in text] == []


def test_background_is_not_said_twice() -> None:
    run = Run()
    a = run.article("a", "Delta Post", CUTOFF)
    claim = run.claim(a, "Background: the talks failed.", Kind.POLITICAL, modality=Modality.HISTORICAL)
    run.event([claim], headline="Background: the talks failed", modality=Modality.HISTORICAL)
    assert "Background:" not in terminal.render(run.briefing(), width=80).split("GAPS")[0]


def test_the_cut_off_is_in_the_readers_timezone() -> None:
    head = terminal.render(two_fronts().briefing(), width=80).splitlines()[0]
    assert head.endswith("cut-off 19:00 Europe/London")  # 18:00 UTC in summer
    odd = two_fronts().briefing().model_copy(update={"timezone": "Nowhere/At all"})
    assert "cut-off 18:00 UTC+0000" in terminal.render(odd, width=80).splitlines()[0]


def test_an_edition_of_quiet_fronts_only_shows_them_whole() -> None:
    text = terminal.render(two_fronts().briefing(EDITION + timedelta(days=9)), width=80)
    assert "ORA RIVER" in text
    assert "NO NEW REPORTING" not in text


def test_who_says_what_stands_side_by_side() -> None:
    run = Run()
    a, b = (run.article(name, outlet, CUTOFF) for name, outlet in (("a", "Delta Post"), ("b", "Veld Radio")))
    one = run.claim(a, "The army took it.", Kind.CLASH, attribution=Attribution(Claimant.PARTY, "the army", "army"))
    other = run.claim(b, "Rebels hold it.", Kind.CLASH, casualties=(killed(2),))
    run.event([one, other], status=Status.DISPUTED, contradictions=(Contradiction("holder", (one.id,), (other.id,)),))
    text = terminal.render(run.briefing(), width=80)
    assert re.search(r"the army \(in Delta Post\): The army\s+Veld Radio: Rebels hold it\.", text)


def test_right_to_left_names_keep_the_columns() -> None:
    text = terminal.render(poisoned("دمشق الشام"), width=80, evidence=True)
    assert max(cell_len(row) for row in text.splitlines()) <= 80
    assert text.count("\u2068") == text.count("\u2069") > 0


def test_an_edition_says_what_its_model_was_asked_and_what_that_cost() -> None:
    stages = (Stage(name="extract", calls=3, recalled=2, seconds=4.25), Stage(name="compose", calls=1, seconds=0.5))
    made_by = MadeBy(
        extractor="llm", model="small\x1b[31m", tokens=Tokens(**{"in": 12_345, "out": 678, "cached": 1_024}),
        cost=0.0123, currency="USD", calls=4, stages=stages, fell_back=("a1",),
    )  # fmt: skip
    briefing = two_fronts().briefing().model_copy(update={"made_by": made_by})
    for page in (terminal.render(briefing, width=120), markdown.render(briefing)):
        text = " ".join(page.replace("\\", "").split())
        assert "4 calls, 2 answers kept from before" in text
        assert "12,345 tokens in (1,024 cached), 678 out" in text
        assert "0.0123 USD" in text
        assert "4.8 s" in text
        assert "1 article by the rules reader" in text
        assert "\x1b" not in page
