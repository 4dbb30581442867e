"""A report as JUnit XML, as CI servers read it: one testcase a case; Result and Comparison in; an XML document out.

A claim that got worse is a failure, a case that could not be scored an error, a case that cannot be compared is
skipped. What is of no case stands in a testcase of its own, so that a run whose gate does not hold is never green.
"""

from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree

from briefer.evals.reports import wording
from briefer.evals.reports.rows import CaseRow, Finding, Rows, rows, summary
from briefer.evals.results import Comparison, Found, Measure, Result
from briefer.render.safe import line

OVERALL = "(all cases)"
"""The testcase of what is of no case; a folder of a case cannot be called so in any shipped set."""
_TIME = "0"  # the same result gives the same bytes


def junit(result: Result, comparison: Comparison | None) -> str:
    """The report as an XML document, ending in a newline."""
    found = rows(result, comparison)
    cases = [*(_case(row, found, result.label) for row in found.cases), *_others(found, result.label)]
    suite = ElementTree.Element("testsuite", {"name": result.label, **_counts(cases)})
    suite.append(_properties(result, found))
    suite.extend(cases)
    suites = ElementTree.Element("testsuites", {"name": "briefer eval", **_counts(cases)})
    suites.append(suite)
    ElementTree.indent(suites, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode") + "\n"


def _counts(cases: Sequence[ElementTree.Element]) -> dict[str, str]:
    counted = {name: sum(case.find(tag) is not None for case in cases) for name, tag in _TAGS}
    return {"tests": str(len(cases)), **{name: str(many) for name, many in counted.items()}, "time": _TIME}


_TAGS = (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))


def _properties(result: Result, found: Rows) -> ElementTree.Element:
    held = ElementTree.Element("properties")
    for name, value in _values(result, found):
        ElementTree.SubElement(held, "property", {"name": name, "value": line(value)})
    return held


def _values(result: Result, found: Rows) -> Iterator[tuple[str, str]]:
    yield "verdict", found.verdict
    yield "against", found.against
    yield "made", wording.made(result.made)
    yield from (("scorer", result.scorer), ("verifier", result.verifier))
    for row in found.measures:
        value = row.now.value
        yield row.measure.value, "" if value is None else f"{value:.4f}"


def _case(row: CaseRow, found: Rows, label: str) -> ElementTree.Element:
    case = _testcase(row.name, label)
    undecided = [each for each in found.errors if each.notice.case == row.case.name]
    errors = [each for each in undecided if each.notice.kind is Found.ERROR]
    if row.case.error or (errors and not row.worse):
        _add(case, "error", "could not be scored", errors, row.case.error)
    elif row.worse:
        _add(case, "failure", wording.listed(summary(row.worse)), row.worse)
    elif undecided:
        ElementTree.SubElement(case, "skipped", {"message": _row(undecided[0].notice.what)})
    told = ElementTree.SubElement(case, "system-out")
    told.text = "\n".join(_row(each) for each in _told(row, found))
    return case


def _testcase(name: str, label: str) -> ElementTree.Element:
    return ElementTree.Element("testcase", {"classname": label, "name": _row(name), "time": _TIME})


def _add(case: ElementTree.Element, tag: str, message: str, found: Sequence[Finding], also: str = "") -> None:
    kind = found[0].notice.kind.value if found else Found.ERROR.value
    added = ElementTree.SubElement(case, tag, {"message": _row(message), "type": kind})
    told = [_row(text) for each in found for text in _texts(each)]
    if _row(also) and _row(also) not in (text.strip() for text in told):
        told.append(_row(also))
    added.text = "\n".join(told)


def _texts(found: Finding) -> Iterator[str]:
    """The lines of one finding."""
    yield ": ".join(each for each in (found.sort, found.moved) if each)
    if found.claim is not None:
        yield f"  claim: {found.claim.text}"
        yield from (f"  cites: “{cite.quote}” ({cite.article})" for cite in found.claim.evidence)
        if found.told is not None:
            yield f"  nearest: {found.told.id}, {found.told.text}"
        differing = [wording.difference(each) for each in found.claim.differences]
        yield from (f"  differs in {each}" for each in differing if each)
        yield f"  why: {' · '.join(wording.grounds(found.claim))}"
    elif found.told is not None:
        yield f"  reference {found.told.id}: {found.told.text}"
    if found.adds:
        yield f"  {found.adds}"


def _told(row: CaseRow, found: Rows) -> Iterator[str]:
    """What a case gave, for whoever looks at a test that passed."""
    yield row.case.title
    must = f"{sum(told.found for told in row.must)} of {len(row.must)}"
    yield f"claims shown: {row.shown}, that do not stand: {len(row.false)}; must be told and are: {must}"
    shares = ((measure, row.case.measures[measure]) for measure in Measure if measure in row.case.measures)
    yield from (f"{measure}: {wording.percent(share.value)} ({wording.parts(share)})" for measure, share in shares)
    known = (each for each in found.known if each.case is row.case and each.claim)
    yield from (f"as before, {each.sort}: {each.claim.text}" for each in known if each.claim)


def _others(found: Rows, label: str) -> Iterable[ElementTree.Element]:
    """Cases that the run does not have, and what is of all cases."""
    named = {row.case.name for row in found.cases}
    absent = sorted({each.notice.case for each in (*found.worse, *found.errors) if each.notice.case} - named)
    for name in absent:
        yield _other(name, label, found, name)
    yield _other(OVERALL, label, found, "")


def _other(name: str, label: str, found: Rows, case: str) -> ElementTree.Element:
    element = _testcase(name, label)
    worse = [each for each in found.worse if each.notice.case == case]
    errors = [each for each in found.errors if each.notice.case == case]
    if not case:  # cases that cannot be compared are skipped; that the gate cannot tell must show all the same
        errors += [each for each in found.errors if each.notice.case and each.notice.kind is Found.INCOMPARABLE]
    if worse:
        _add(element, "failure", wording.listed(summary(worse)), [*worse, *errors])
    elif errors:
        _add(element, "error", wording.listed(summary(errors)), errors)
    if not case:
        ElementTree.SubElement(element, "system-out").text = _row(found.verdict)
    return element


def _row(text: str) -> str:
    """A text as one line that XML 1.0 may hold, its indent kept."""
    return f"{' ' * (len(text) - len(text.lstrip(' ')))}{line(wording.short(text))}"
