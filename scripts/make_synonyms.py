"""Makes briefer/verify/data/senses.tsv.xz: which common English words share a meaning, and which are opposed.

In: the `dict` folder of a WordNet database (data.*, index.*, index.sense), whose licence NOTICE quotes. Out: a line a
word, `word <TAB> ids <TAB> opposed`, ids in base 36: the meanings that the word has first, those of the words that it
is derived from ("withdrawal", "withdraw"), and for verbs the next wider meaning where that is not a wide one.

    python scripts/make_synonyms.py PATH/TO/dict
"""

import lzma
import sys
from collections import Counter, defaultdict
from pathlib import Path

OUT = Path(__file__).parents[1] / "briefer" / "verify" / "data" / "senses.tsv.xz"
SENSES = {"verb": 5, "noun": 4, "adj": 3, "adv": 2}
"""Meanings of a word that are kept, the commonest first: rarer ones join words that no report would exchange."""
RARE = {"verb": 1, "noun": 1, "adj": 1, "adv": 1}
"""Meanings that are kept of those that the tagged texts never use."""
WIDE = 25
"""Narrower meanings above which a meaning is too wide to make two words alike ("move", "change")."""
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
Key = tuple[str, str]


def main(folder: Path) -> None:
    """Read the database and write the table."""
    synsets = {pos: _synsets(folder / f"data.{pos}") for pos in SENSES}
    counts = _counts(folder / "index.sense")
    kept: dict[str, list[Key]] = defaultdict(list)
    for pos in SENSES:
        for word, offsets in _index(folder / f"index.{pos}"):
            used = sum(counts[word, pos, number] > 0 for number in range(1, len(offsets) + 1))
            for offset in offsets[: max(RARE[pos], min(used, SENSES[pos]))]:
                kept[word].append((pos, offset))
    rows = dict(_rows(kept, synsets))
    numbers = _numbered(ids for ids, _ in rows.values())
    lines = [_line(word, ids, opposed, numbers) for word, (ids, opposed) in sorted(rows.items())]
    text = "".join(line for line in lines if line)
    OUT.write_bytes(lzma.compress(text.encode(), format=lzma.FORMAT_XZ, preset=9 | lzma.PRESET_EXTREME))


class _Synset:
    def __init__(self, fields: list[str]) -> None:
        many = int(fields[3], 16)
        self.words = [fields[4 + 2 * at].lower() for at in range(many)]
        after = 4 + 2 * many
        self.pointers = [fields[after + 1 + 4 * at : after + 5 + 4 * at] for at in range(int(fields[after]))]


_POS = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}


def _synsets(path: Path) -> dict[str, _Synset]:
    lines = (line for line in path.read_text("utf-8").splitlines() if not line.startswith(" "))
    return {line.split(" ", 1)[0]: _Synset(line.split(" | ")[0].split()) for line in lines}


def _index(path: Path) -> list[tuple[str, list[str]]]:
    found = []
    for line in path.read_text("utf-8").splitlines():
        fields = line.split()
        if not line.startswith(" ") and fields[0].isalpha() and fields[0].isascii() and len(fields[0]) > 2:
            found.append((fields[0], fields[-int(fields[2]) :]))
    return found


def _counts(path: Path) -> Counter[tuple[str, str, int]]:
    found: Counter[tuple[str, str, int]] = Counter()
    kinds = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}
    for line in path.read_text("utf-8").splitlines():
        key, _, number, times = line.split()
        word, lex = key.split("%")
        found[word, kinds[lex[0]], int(number)] += int(times)
    return found


def _rows(kept: dict[str, list[Key]], synsets: dict[str, dict[str, _Synset]]):  # type: ignore[no-untyped-def]
    narrower = Counter(
        (pos, p[1]) for pos in ("noun", "verb") for s in synsets[pos].values() for p in s.pointers if p[0] == "@"
    )
    for word, keys in kept.items():
        ids: dict[Key, None] = dict.fromkeys(keys)
        opposed: dict[str, None] = {}
        for at, (pos, offset) in enumerate(keys):
            synset = synsets[pos][offset]
            for sign, other, kind, link in synset.pointers:
                here, there = int(link[:2], 16), int(link[2:], 16)
                target = synsets[_POS[kind]].get(other)
                mine = not here or synset.words[here - 1] == word
                if target is None or not mine:
                    continue
                if sign == "!" and there and at < 4:
                    opposed[target.words[there - 1]] = None
                elif (
                    (sign == "+" and _root(target.words[there - 1], word))
                    or sign == "&"
                    or (sign == "@" and pos == "verb" and at < 2 and narrower[pos, other] <= WIDE)
                ):
                    ids[(_POS[kind], other)] = None
        yield word, (list(ids), [each for each in opposed if each.isalpha()])


def _root(one: str, other: str) -> bool:
    return one[:3] == other[:3]


def _numbered(all_ids) -> dict[Key, int]:  # type: ignore[no-untyped-def]
    """A number for each meaning that two words share; the others are of no use."""
    counted = Counter(key for ids in all_ids for key in ids)
    return {key: at for at, (key, many) in enumerate(counted.most_common()) if many > 1}


def _line(word: str, ids: list[Key], opposed: list[str], numbers: dict[Key, int]) -> str:
    shown = " ".join(_base36(numbers[key]) for key in ids if key in numbers)
    return f"{word}\t{shown}\t{' '.join(opposed)}\n" if shown or opposed else ""


def _base36(number: int) -> str:
    out = ""
    while True:
        number, digit = divmod(number, 36)
        out = DIGITS[digit] + out
        if not number:
            return out


if __name__ == "__main__":
    main(Path(sys.argv[1]))
