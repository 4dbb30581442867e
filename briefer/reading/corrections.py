"""What an outlet takes back: an article in, the corrections and retractions that it gives of its own reports out.

Only the outlet's own voice counts: "the ministry retracted its claim" is a party's denial, and that another outlet has
withdrawn a story is that outlet's matter. A notice without words on what was wrong (a typing error, a byline, "updated
with details") corrects nothing that a briefing tells.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from briefer.reading import notices
from briefer.reading.names import fold
from briefer.reading.outlets import publisher
from briefer.reading.quotations import quoted
from briefer.types import Article, Correction

FEWEST = 25  # characters of a piece that was cut; shorter ones are menus
LONGEST = 1200  # characters of a notice's sentence; what is longer is no notice, and patterns stay fast
FOLLOWING = 2  # sentences after a notice in which it may still say what is right


@dataclass(frozen=True, slots=True)
class _Notice:
    """A sentence that may take something back: without its mark ("Correction:"), and what stood in the mark."""

    number: int
    text: str
    mark: str

    @property
    def kind(self) -> Literal["correction", "retraction"]:
        """What its mark makes of it."""
        return "retraction" if notices.WITHDRAWING.search(self.mark) else "correction"


@dataclass(frozen=True, slots=True)
class _Found:
    """What one sentence takes back; `open` says that `wrong` only names what it is about ("the number of dead")."""

    kind: Literal["correction", "retraction"]
    wrong: str
    right: str = ""
    itself: bool = False
    open: bool = False


def corrections(article: Article) -> tuple[Correction, ...]:
    """What the article takes back of its outlet's reports or of its own earlier text, in the order of the text.

    A notice can stand in what cleaning cut, above the text or below it; it has no sentence of its own then.
    """
    sentences = [article.sentence(number).translate(notices.STRAIGHT) for number in range(len(article.sentences))]
    found: list[Correction] = []
    used: set[int] = set()
    for notice in _notices(article, sentences):
        if notice.number not in used and (correction := _correction(notice, article, sentences)):
            found.append(correction)
            used.update(correction.evidence)
    for cut in article.cut:
        text = cut.text.translate(notices.STRAIGHT)
        if FEWEST <= len(text) <= LONGEST and (correction := _correction(_of_piece(text), article, [text])):
            found.append(replace(correction, evidence=()))
    return tuple(dict.fromkeys(found))


def _of_piece(text: str) -> _Notice:
    mark = notices.MARK.match(text)
    return _Notice(0, (text[mark.end() :] if mark else text).strip(), mark["mark"].lower() if mark else "")


def _notices(article: Article, sentences: Sequence[str]) -> Iterator[_Notice]:
    spoken = quoted(article)
    headed = notices.MARK.match(article.title)
    waiting = headed["mark"].lower() if headed else ""
    for number, sentence in enumerate(sentences):
        if len(sentence) > LONGEST or number in spoken or notices.SPEECH.search(sentence):
            continue
        mark = notices.MARK.match(sentence)
        if mark and mark["alone"] is not None:
            waiting = mark["mark"].lower()
            continue
        text = sentence[mark.end() :] if mark else sentence
        yield _Notice(number, text.strip(), mark["mark"].lower() if mark else waiting)
        waiting = "corrected" if notices.AMENDED.search(sentence) else ""


def _correction(notice: _Notice, article: Article, sentences: Sequence[str]) -> Correction | None:
    after = sentences[notice.number + 1 : notice.number + 1 + FOLLOWING]
    found = next((found for read in _FORMS if (found := read(notice, article, after))), None)
    if found is None or (found.open and not found.right and after and notices.VERSION.search(after[0])):
        return None  # where it only says that it was amended, the next sentence says what
    found, used = _followed(found, after)
    about = _about(notice.text)
    wrong, right = _bare(found.wrong), _bare(found.right)
    if notices.TRIVIAL.search(f"{wrong} {right}") or (found.kind == "correction" and not (wrong or right)):
        return None
    evidence = tuple(range(notice.number, notice.number + 1 + used))
    itself = found.itself and (not about or fold(about) == fold(article.title))
    return Correction(article.id, found.kind, wrong, right, "" if itself else about, itself, evidence)


def _followed(found: _Found, after: Sequence[str]) -> tuple[_Found, int]:
    """The finding with what the next sentences say is right, and how many of them belong to the notice."""
    used = 0
    contrast = notices.NOT_THIS.match(found.right) if found.open else None
    if contrast:
        found = replace(found, right=contrast["right"], wrong=contrast["wrong"], open=False)
    for number, sentence in enumerate(after, start=1):
        if notices.REGRET.search(sentence) or notices.RECORD.search(sentence):
            return found, number
        if (
            found.right
            or not found.wrong
            or number > used + 1
            or notices.MARK.match(sentence)
            or not notices.NEXT.match(sentence)
        ):
            break
        contrast = notices.NOT_THIS.match(notices.LEADING_IN.sub("", sentence.strip())) if found.open else None
        if contrast:
            found = replace(found, right=contrast["right"], wrong=contrast["wrong"], open=False)
        else:
            right = notices.LEADING_IN.sub("", sentence.strip())
            found = replace(found, right="" if notices.ONLY_WRONG.match(right) else right)
        used = number
    return found, used


def _about(text: str) -> str:
    titled = notices.TITLED.search(text)
    address = notices.ADDRESS.search(text)
    return titled["title"].rstrip(",. ") if titled else address[0].rstrip(".,;") if address else ""


def _bare(text: str) -> str:
    """A wording without the quotes, brackets and stops around it, and without the story's headline."""
    plain = text.strip(" \t\n.,;:")
    while plain[:1] in '"([' and plain[:1]:
        plain = plain[1:].strip(" .,;:")
    while plain[-1:] in '")]' and plain[-1:]:
        plain = plain[:-1].strip(" .,;:")
    return " ".join(plain.split())


def _pair(said: str) -> tuple[str, str]:
    """What was said and, where the same sentence goes on to it, what is right."""
    said = notices.WHEN_SAID.sub("", said)
    match = notices.IN_FACT.search(said)
    if match is None:
        return said, ""
    return said[: match.start()], notices.LEADING_IN.sub("", match["right"])


def _version(notice: _Notice, article: Article, after: Sequence[str]) -> _Found | None:
    """ "An earlier version of this article said that X; it was Y." """
    match = notices.VERSION.search(notice.text)
    if not match:
        return None
    wrong, right = _pair(match["wrong"])
    thing = notices.WRONG_THING.match(wrong)
    wrong = wrong[thing.end() if thing else 0 :]
    return _Found("correction", wrong, right, itself=True, open=bool(match["mis"] or thing))


def _corrected(notice: _Notice, article: Article, after: Sequence[str]) -> _Found | None:
    """ "This story has been corrected to show that Y, not X." """
    match = notices.CORRECTED.search(notice.text) or _corrects(notice, article)
    if not match or (not (notice.mark or re.search(r"\b(?:this|our)\b", match[0], notices.FLAGS))):
        return None
    if match["verb"].lower() in ("remove", "delete"):
        return _Found("correction", match["what"], itself=True)
    found = _changed(match["what"]) if match["verb"].lower() in ("correct", "fix") else _shown(match["what"])
    return replace(found, itself=True)


def _corrects(notice: _Notice, article: Article) -> re.Match[str] | None:
    """ "The Herald has corrected this story to say …"; under a mark also what was changed to make something clear."""
    match = notices.CORRECTS.match(notice.text)
    if (
        match
        and match["whose"].lower() == "this"
        and (_is_paper(match["who"]) or _speaks(match["who"], notice, article))
    ):
        return match
    return notices.CHANGED.search(notice.text) if notice.mark else None


def _it_said(notice: _Notice, article: Article, after: Sequence[str]) -> _Found | None:
    """ "This article has been corrected. It previously said that X." """
    match = notices.IT_SAID.match(notice.text) if notice.mark == "corrected" else None
    return _Found("correction", *_pair(match["wrong"]), itself=True) if match else None


def _wire(notice: _Notice, article: Article, after: Sequence[str]) -> _Found | None:
    """ "(This 14 April story corrects paragraph 3 to say 12, not 20)" """
    match = notices.WIRE.match(notice.text)
    return replace(_changed(match["what"]), itself=True) if match else None


def _shown(what: str) -> _Found:
    contrast = notices.NOT_THIS.match(what)
    return _Found("correction", contrast["wrong"], contrast["right"]) if contrast else _Found("correction", "", what)


def _changed(what: str) -> _Found:
    """ "number of dead to 12 from 20", "paragraph 3 to say Y, not X", "the number of dead" """
    match = notices.TO_SAY.match(what) or notices.FROM_TO.match(what) or notices.TO_FROM.match(what)
    if match and match["wrong"]:
        return _Found("correction", notices.WHERE.sub("", match["wrong"]), notices.WHERE.sub("", match["right"]))
    topic = notices.PARAGRAPH.sub("", (match["topic"] or "") if match else what)
    return _Found("correction", topic, match["right"] if match else "", open=True)


def _withdraws(notice: _Notice, article: Article, after: Sequence[str]) -> _Found | None:
    """ "The Herald is withdrawing its story headlined 'X'", "We have retracted our report that X" """
    match = notices.WITHDRAWS.match(notice.text)
    if not match:
        return None
    itself = match["whose"].lower() == "this" or bool(notices.IN_THIS.search(match["rest"]))
    if not _speaks(match["who"], notice, article) and not (itself and _is_paper(match["who"])):
        return None
    return _Found("retraction", match["part"] or ("" if itself else _of_rest(match["rest"])), itself=itself)


def _removes(notice: _Notice, article: Article, after: Sequence[str]) -> _Found | None:
    """ "(Removes reference to X in paragraph 4)" """
    match = notices.REMOVES.match(notice.text)
    return _Found("retraction", notices.REASON.sub("", match["wrong"]), itself=True) if match else None


def _regrets(notice: _Notice, article: Article, after: Sequence[str]) -> _Found | None:
    """ "The Herald regrets having reported that X." """
    match = notices.REGRETS.match(notice.text)
    if not match or not _speaks(match["who"], notice, article):
        return None
    return _Found(notice.kind, *_pair(match["wrong"]))


def _passive(notice: _Notice, article: Article, after: Sequence[str]) -> _Found | None:
    """ "Our report that X has been removed because …", "This article has been retracted." """
    match = notices.PASSIVE.search(notice.text)
    if not match:
        return None
    whose = match["whose"].lower()
    below = match["rest"].strip().lower() in ("below", "above")
    of_this = below or bool(notices.IN_THIS.search(match["rest"] + match["tail"]))
    itself = of_this or whose == "this"
    if not (itself or whose == "our" or notice.mark):
        return None
    return _Found("retraction", _of_rest(match["rest"]) or match["part"] or "", itself=itself)


def _disregard(notice: _Notice, article: Article, after: Sequence[str]) -> _Found | None:
    """ "KILL: Please disregard the story headlined 'X'" """
    match = notices.DISREGARD.search(notice.text)
    if not match or not (notice.mark or notices.ASKED.match(notice.text)):
        return None
    return _Found("retraction", _of_rest(match["rest"]))


def _wrongly(notice: _Notice, article: Article, after: Sequence[str]) -> _Found | None:
    """ "An article on Tuesday misstated the number of dead", "We wrongly reported that X" """
    match = notices.WRONGLY.search(notice.text)
    if not match:
        return None
    who = match["who"]
    by_another = match["piece"] and (
        re.search(r"\b(?:by|from|of the|in the (?-i:[A-Z]))", match["rest"], notices.FLAGS)
        or not (
            re.match(r" (?:published|carried|posted|broadcast|aired)\b", match["rest"], notices.FLAGS)
            or re.match(notices.PRINTED, match["piece"], notices.FLAGS)
            or re.match(r"our\b|this\b|\w+day's\b", who, notices.FLAGS)
        )
    )
    speaks = not by_another if match["piece"] else _speaks(who, notice, article)
    if not (notice.mark or speaks) or (not match["piece"] and not speaks):
        return None
    wrong, right = _pair(match["wrong"])
    thing = notices.WRONG_THING.match(wrong)
    itself = who.lower().startswith("this ") and bool(match["piece"])
    return _Found(
        notice.kind, wrong[thing.end() if thing else 0 :], right, itself=itself, open=bool(match["mis"] or thing)
    )


def _we_said(notice: _Notice, article: Article, after: Sequence[str]) -> _Found | None:
    """ "We reported that X. That was wrong. We regret the error." """
    match = notices.WE_SAID.search(notice.text)
    if not match or (match["name"] and not _speaks(match["name"], notice, article)):
        return None
    wrong, right = _pair(match["wrong"])
    retracted = any(notices.WE_RETRACT.search(sentence) for sentence in after)
    regretted = retracted or any(notices.REGRET.search(each) or notices.RECORD.search(each) for each in after)
    untrue = any(notices.UNTRUE.search(sentence) or notices.NEXT.match(sentence) for sentence in after[:1]) or bool(
        right
    )
    if not (regretted or ((notice.mark or match["earlier"]) and untrue)):
        return None
    itself = bool(match["earlier"] and re.search(r"\bof this\b", match["earlier"], notices.FLAGS))
    return _Found("retraction" if retracted else notice.kind, wrong, right, itself=itself)


def _was_wrong(notice: _Notice, article: Article, after: Sequence[str]) -> _Found | None:
    """ "Our story that X was wrong." """
    match = notices.WAS_WRONG.search(notice.text)
    if not match or not (match["whose"].lower() in ("our", "this") or notice.mark):
        return None
    wrong = _of_rest(match["rest"])
    return _Found(notice.kind, wrong, itself=match["whose"].lower() == "this") if wrong else None


def _it_was(notice: _Notice, article: Article, after: Sequence[str]) -> _Found | None:
    """ "It was wrongly reported in yesterday's edition that X." """
    match = notices.IT_WAS.match(notice.text)
    return _Found(notice.kind, *_pair(match["wrong"])) if match else None


def _withdrawn_item(notice: _Notice, article: Article, after: Sequence[str]) -> _Found | None:
    """ "WITHDRAWN: the item reporting that X" """
    match = notices.ITEM.match(notice.text) if notice.kind == "retraction" else None
    return _Found("retraction", _of_rest(match["rest"])) if match else None


def _as_before(notice: _Notice, article: Article, after: Sequence[str]) -> _Found | None:
    """ "12 people died, not 20 as an earlier version said." """
    match = notices.AS_BEFORE.match(notice.text)
    if not match or not (notice.mark or re.search(r"versions?\b|editions?\b", match[0], notices.FLAGS)):
        return None
    return replace(_shown(match["right"]), itself="version" in match[0].lower())


def _should(notice: _Notice, article: Article, after: Sequence[str]) -> _Found | None:
    """ "Correction: the third paragraph should have said Y, not X." """
    match = notices.SHOULD.search(notice.text) if notice.mark else None
    return _shown(match["what"]) if match else None


def _contrasted(notice: _Notice, article: Article, after: Sequence[str]) -> _Found | None:
    """ "Correction: 12 people were killed in Karum, not 20." """
    if not notice.mark.startswith(("corr", "clarif")):
        return None
    match = notices.NOT_THIS.match(notice.text)
    if not match:
        return None
    return _Found("correction", notices.REASON.sub("", re.sub(r",? as .*\Z", "", match["wrong"])), match["right"])


_FORMS = (
    _as_before,
    _version,
    _it_said,
    _corrected,
    _wire,
    _removes,
    _regrets,
    _withdraws,
    _disregard,
    _was_wrong,
    _passive,
    _wrongly,
    _it_was,
    _we_said,
    _withdrawn_item,
    _should,
    _contrasted,
)


def _of_rest(rest: str) -> str:
    """What a story said, of the words after "story": "headlined 'T', that X because Y" gives X."""
    match = notices.THAT.search(notices.REASON.sub("", notices.ADDRESS.sub("", notices.TITLED.sub("", rest))))
    return match["wrong"] if match else ""


def _speaks(who: str, notice: _Notice, article: Article) -> bool:
    """Whether the words name the outlet of the article, or its wire."""
    lowered = who.lower()
    if lowered == "we" or lowered.startswith("this "):
        return True
    if _is_paper(who):
        return bool(notice.mark)
    own = {outlet for outlet in (article.outlet, article.wire) if outlet}
    folded = fold(who).removeprefix("the ")
    return any(fold(one).removeprefix("the ") == folded or publisher(one) == publisher(who) for one in own)


def _is_paper(who: str) -> bool:
    return (
        re.match(r"the (?:newspaper|paper|agency|broadcaster|site|website|channel|network)\Z", who.lower()) is not None
    )
