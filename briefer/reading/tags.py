"""A small part-of-speech tagger: one letter a token, so that phrases can be found by regular expressions.

Letters: D determiner, P preposition, t "to", C co-ordinator, W relative, K subordinator, U pronoun, M modal,
B be, H have, O do, X negation, R adverb, Q number, T time, J adjective, r adverb before a number, N noun, E proper name, A possessive 's,
v base verb, z verb in -s, d past tense, p past participle, g -ing, and punctuation as itself
("," ";" "(" ")" '"' "." "-"). A word with several classes is decided by its neighbours on the left and the
one on the right; what stays open is a noun, because a verb that is missed says nothing and one that is
made up says something false.
"""

import re
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

from briefer.reading import outlets
from briefer.reading.heads import heads
from briefer.reading.lexicon import words
from briefer.reading.tokens import Tokens

VERBS = frozenset("vzdpg")
NAMES = frozenset("EN")
_PUNCTUATION = {
    ",": ",", ";": ";", ":": ";", "(": "(", ")": ")", "[": "(", "]": ")", '"': '"', "“": '"', "”": '"', "«": '"',
    "»": '"', ".": ".", "!": ".", "?": ".", "...": ";", "–": "-", "—": "-", "--": "-", "-": "-", "'": '"', "’": '"',
    "‘": '"', "/": "C", "&": "C", "|": ";", "%": "N", "$": "Q", "£": "Q", "€": "Q",
}  # fmt: skip
_NUMBER = re.compile(r"\d")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_TELLS = frozenset("told tell tells telling".split())
_ARABIC_ARTICLE = re.compile(r"(?:al|el|ul|ad|ar|as|ash|an|at|az|ez|er|es)[-‐‑][A-Z]")
_SUFFIXES = (
    (re.compile(r"ly$"), "R"),
    (re.compile(r"ing$"), "gn"),
    (re.compile(r"ed$"), "d"),
    (re.compile(r"(?:ous|ful|less|able|ible|ic|ical|ive|ish|ese)$"), "j"),
    (re.compile(r"(?:tion|sion|ment|ness|ity|ship|ism|ist|er|or|ance|ence)s?$"), "n"),
)
_HYPHENED_ADJECTIVE = re.compile(
    r"-(?:held|controlled|backed|led|run|based|occupied|ruled|allied|aligned|linked|dominated|style|wide|loyal|"
    r"besieged|sponsored|supported|trained|armed|owned|funded|speaking|majority|era|old|long|strong|affiliated|"
    r"imposed|brokered|mandated|mediated|installed|appointed|made|range|caliber|calibre|scale|level|ranking|"
    r"fired|launched|guided|borne|building|torn|ravaged|scarred|populated|inhabited|governed|administered)$|"
    r"^(?:pro|anti|non|self|ex|so|heavily|newly|mid|then|north|south|east|west|long|short|high|low|multi|ill|well)-",
)


@cache
def _closed() -> dict[str, str]:
    table: dict[str, str] = {}
    text = resources.files("briefer.reading").joinpath("data/closed.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            tag, _, listed = line.partition("\t")
            for word in listed.split():
                table.setdefault(word, tag)
    return table


@cache
def classes(word: str) -> str:
    """The classes a lower-case word can have, likeliest first, in the letters above (n noun, N plural, j adjective)."""
    if known := words().get(word):
        return known
    if _HYPHENED_ADJECTIVE.search(word):
        return "j"
    for ending, found in _SUFFIXES:
        if ending.search(word):
            return found
    if word.endswith("s") and len(word) > 3 and not word.endswith("ss"):
        return "N"
    return "n"


def tag(tokens: Tokens) -> str:
    """One letter a token."""
    closed = _closed()
    tags: list[str] = []
    lower = tokens.lower
    capitals = list(filter(str.isupper, tokens.words))
    shouting = sum(len(word) > 1 for word in capitals) * 2 > len(tokens)
    for i, word in enumerate(lower):
        tags.append(_alone(word, tokens.words[i]) or _one(i, word, tokens, tags, closed, shouting=shouting))
    return _with_verbs(tokens, _fixed_phrases(lower, "".join(tags)))


_CLAUSE = re.compile(r"[^,;.\"KW()-]+")
_VERBLESS = re.compile(r"[^vdzpgBMHO]+")


def _with_verbs(tokens: Tokens, tags: str) -> str:
    """A clause without a verb was read wrong: its first noun that can be one, and has an object behind it, is it."""
    changed = list(tags)
    for clause in _CLAUSE.finditer(tags):
        if not _VERBLESS.fullmatch(clause.group()):
            continue
        for i in range(clause.start() + 1, clause.end()):
            if (verb := _hidden_verb(i, tokens, tags)) and _governs(i, tokens, tags):
                changed[i] = verb
                break
    return "".join(changed)


def _hidden_verb(i: int, tokens: Tokens, tags: str) -> str:
    if tags[i] not in "NJ" or tags[i - 1] not in "NER":
        return ""
    found = classes(tokens.lower[i])
    before = tokens.lower[i - 1] if tags[i - 1] != "R" or i < 2 else tokens.lower[i - 2]
    for letter in "dz":
        if letter in found:
            return letter
    return "v" if "v" in found and _is_plural(before) else ""


def _governs(i: int, tokens: Tokens, tags: str) -> bool:
    """Whether what follows is an object or a particle with one."""
    after = tags[i + 1 : i + 2]
    return (
        after in ("D", "E", "Q", "U", "J", "r")
        or (after in ("P", "R") and tokens.lower[i + 1] in _PARTICLES)
        or (after == "N" and tags[i + 2 : i + 3] in ("P", ".", ",", "T", ""))
    )


_PARTICLES = frozenset("down back over off out up into on in at".split())


# Fixed phrases whose words together are one adverb or preposition.
_FIXED = {
    ("at", "least"): "rr", ("at", "most"): "rr", ("more", "than"): "rr", ("less", "than"): "rr",
    ("fewer", "than"): "rr", ("up", "to"): "rr", ("so", "far"): "RR", ("as", "many"): "rr", ("at", "once"): "RR",
    ("according", "to"): "PP", ("in", "order"): "RR", ("because", "of"): "PP", ("such", "as"): "PP",
    ("due", "to"): "PP", ("as", "well"): "RR", ("of", "course"): "RR", ("in", "fact"): "RR", ("no", "longer"): "XX",
    ("in", "addition"): "RR", ("for", "example"): "RR", ("along", "with"): "PP", ("together", "with"): "PP",
    ("close", "to"): "PP", ("next", "to"): "PP", ("in", "front"): "PP", ("as", "part"): "PP", ("the", "following"): "DJ",
    ("other", "than"): "PP", ("rather", "than"): "PP", ("thanks", "to"): "PP", ("prior", "to"): "PP",
    ("well", "as"): "CC", ("each", "other"): "DU", ("one", "another"): "DU", ("some", "of"): "NP",
    ("once", "again"): "RR", ("so", "called"): "JJ", ("amid", "reports"): "PN",
}  # fmt: skip
_OWNED_NAME = re.compile(r"EA(E+)")
_OWNED_BY_ALL = frozenset("people workers farmers peasants soldiers women students citizens".split())
_LONG_NAME = re.compile(r"(?<=[DNJ])(E)C(E+)")


def _with_long_names(lower: tuple[str, ...], tags: str) -> str:
    """ "The Dignity and Unity Front" is one name: one word, "and", and words that end in what an organisation is."""
    for match in _OWNED_NAME.finditer(tags):
        last = lower[match.end() - 1]
        owned = last in heads("organisation") and (
            match.end() - match.start(1) > 1 or lower[match.start()] in _OWNED_BY_ALL
        )
        if owned or last in ("square", "hospital", "street", "bridge", "mosque", "gate"):
            at = match.start() + 1
            tags = f"{tags[:at]}E{tags[at + 1 :]}"  # "the People's Defence Force"
    for match in _LONG_NAME.finditer(tags):
        if lower[match.end() - 1] in heads("organisation") and lower[match.start(1)] not in heads("organisation"):
            at = match.start(1) + 1
            tags = f"{tags[:at]}E{tags[at + 1 :]}"
    return tags


_UNITS = frozenset("km kilometre kilometres kilometer kilometers mile miles metre metres meter meters m".split())
_ABOUT = frozenset("about some nearly around approximately roughly almost over around as only just".split())
_OPEN_FIXED = _ABOUT | {"yet"} | {first for first, _ in _FIXED}
_DIRECTION = re.compile(r"(?:north|south)?-?(?:east|west)|north|south")


def _fixed_phrases(lower: tuple[str, ...], tags: str) -> str:
    changed = list(_with_long_names(lower, tags))
    for i in range(1, len(changed) - 2):
        if lower[i] == "fighting" and lower[i + 1] == "to" and changed[i - 1] in "NE" and changed[i + 2] == "v":
            changed[i] = "g"  # "rebels fighting to overthrow him"
    for i, (one, other) in enumerate(pairwise(lower)):
        if one not in _OPEN_FIXED and other != "of":
            continue
        if fixed := _FIXED.get((lower[i], lower[i + 1])):
            if lower[i] == "up" and tags[i + 2 : i + 3] not in ("Q", "R"):
                continue
            changed[i : i + 2] = fixed
        elif lower[i] in _ABOUT and changed[i + 1] in "QD":
            changed[i] = "r" if changed[i + 1] == "Q" else changed[i]
        elif lower[i] == "yet" and lower[i + 1] == "to":
            changed[i] = "X"  # "had yet to enter" is a negation
        elif lower[i + 1] == "of" and _DIRECTION.fullmatch(lower[i]) and i and lower[i - 1] == "the":
            changed[i] = "N"  # "the east of the city" is a part of it
        elif lower[i + 1] == "of" and _DIRECTION.fullmatch(lower[i]) and changed[i] in "RJNEP":
            changed[i : i + 2] = "PP"  # "north of" is one preposition, and a distance before it an adverb
            end = _before_brackets(i, changed)
            if end > 1 and changed[end - 1] == "N" and changed[end - 2] == "Q" and lower[end - 1] in _UNITS:
                changed[end - 2 : i] = "R" * (i - end + 2)
    return "".join(changed)


def _before_brackets(i: int, tags: list[str]) -> int:
    """Where the brackets right before a place open ("600 km (400 miles) east of"), or that place itself."""
    if tags[i - 1 : i] != [")"]:
        return i
    return next((at for at in range(i - 2, max(-1, i - 6), -1) if tags[at] == "("), i)


@lru_cache(maxsize=32768)
def _alone(word: str, written: str) -> str:
    """The letter of a word that has it whatever stands around it, "" for one whose neighbours decide."""
    if not written[0].isalnum():
        return _symbol(word) if word != "'" else ""
    if not written.islower() or not written.isalpha() or word in _NAME_LINKS:
        return ""
    if found := _closed().get(word):
        return "" if word in _BY_NEIGHBOURS else found
    found = classes(word)
    return _UNMOVED.get(found, "")


_UNMOVED = {"n": "N", "N": "N", "j": "J", "r": "R", "v": "v", "z": "z"}


def _one(i: int, word: str, tokens: Tokens, tags: list[str], closed: dict[str, str], *, shouting: bool) -> str:
    written = tokens.words[i]
    if not written.isalpha() and (marked := _with_marks(i, word, tokens, tags, closed)):
        return marked
    if _links_names(i, word, tokens, tags):
        return "E"
    capital = written[0].isupper() and not shouting
    if capital and _is_name(i, word, tokens, tags, closed):
        if i and tokens.lower[i - 1] in _TELLS and outlets.known(written) is not None:
            return "U"  # "told Reuters Gaddafi's forces ...": the outlet is not part of the name behind it
        return "T" if closed.get(word) == "T" else "E"
    if found := closed.get(word):
        return _closed_class(found, i, word, tokens, tags)
    return _open_class(i, word, tokens, tags)


def _with_marks(i: int, word: str, tokens: Tokens, tags: list[str], closed: dict[str, str]) -> str:
    """The letter of a mark, a number or a hyphened word that its own signs tell, "" for any other word."""
    written = tokens.words[i]
    if not written[0].isalnum():
        return "A" if _owns(i, tokens) else _symbol(word)
    if _NUMBER.match(written):
        if i and tags[-1] == "T" and tokens.lower[i - 1] in _MONTHS:
            return "T"
        return "J" if _ORDINAL.fullmatch(word) else "Q"
    if _ARABIC_ARTICLE.match(written):
        return "E"
    if "-" in word and all(closed.get(part) == "Q" for part in word.split("-")):
        return "Q"  # "Thirty-one"
    return "J" if "-" in word and _HYPHENED_ADJECTIVE.search(word) else ""  # "US-backed"


_MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_NAME_LINKS = frozenset(
    "de del della la las los da do dos das di el al ul bin ibn bint abu von van der den ter".split()
)


def _links_names(i: int, word: str, tokens: Tokens, tags: list[str]) -> bool:
    """The small words inside a name ("San Jacinto del Rio")."""
    if word not in _NAME_LINKS or not tags or tags[-1] != "E" or i + 1 >= len(tokens):
        return False
    return tokens.words[i + 1][0].isupper()


def _owns(i: int, tokens: Tokens) -> bool:
    """The apostrophe of "the Falcons' office": right behind an s, and a word follows."""
    if not 0 < i < len(tokens) - 1 or tokens.lower[i] != "'":
        return False
    behind = tokens.starts[i] == tokens.ends[i - 1] and tokens.lower[i - 1].endswith("s")
    return behind and tokens.words[i + 1][0].isalpha() and tokens.starts[i + 1] > tokens.ends[i]


def _symbol(word: str) -> str:
    if word == "'s":
        return "A"
    return _PUNCTUATION.get(word, _closed().get(word, ";"))


def _is_name(i: int, word: str, tokens: Tokens, tags: list[str], closed: dict[str, str]) -> bool:
    """A capital is a name's, except at the head of a sentence, where only an unknown or continued word is one."""
    if (
        word in closed
        and i
        and tags[-1] == "E"
        and i + 1 < len(tokens)
        and tokens.words[i + 1][0].isupper()
        and len(word) > 1
    ):
        return word not in ("the", "and", "or", "of", "in", "on", "at", "for", "from", "to", "with", "by")
    if word in closed and closed[word] != "T":
        # "The Who", "May": closed words in capitals are names only amid names; "US", "IS", "IT" are abbreviations.
        return word in ("us", "is", "may", "march") and i > 0 and tokens.words[i] != "May" and tokens.words[i].isupper()
    first = i == 0 or (tags[-1] in '".;-(' and set(tags) <= set('".;-('))
    if not first:
        return True
    if tokens.words[i].isupper() and len(word) > 1:
        return True
    following = tokens.words[i + 1] if i + 1 < len(tokens) else ""
    known = words().get(word)
    return known is None or (following[:1].isupper() and "R" not in classes(word) and word not in _STARTERS)


_STARTERS = frozenset(
    "residents rebels troops forces government officials soldiers militants witnesses earlier".split()
)


_BY_NEIGHBOURS = frozenset(
    "that this these those all both some many most several few more such second first last next".split()
)
"""The closed words that `_closed_class` does not leave as the table has them."""


def _closed_class(found: str, i: int, word: str, tokens: Tokens, tags: list[str]) -> str:
    after = tokens.lower[i + 1] if i + 1 < len(tokens) else ""
    if word == "that":
        return _that(i, tokens, tags)
    if word in ("this", "these", "those") and _is_verb(after):
        return "U"
    if word in ("her", "his", "no") and found == "D":
        return "D"
    if word in ("all", "both", "some", "many", "most", "several", "few", "more", "such", "this", "these", "those"):
        # A determiner without a noun to its right stands for one ("some of", "these were").
        return "D" if after not in ("of", "were", "was", "are", "is", "have", "had", ",", ".", "who", "by") else "N"
    if word in ("second", "first", "last", "next"):
        return "J"
    return found


def _is_verb(word: str) -> bool:
    return _closed().get(word, "") in ("B", "H", "M", "O") or classes(word)[0] in "dz" if word else False


def _that(i: int, tokens: Tokens, tags: list[str]) -> str:
    """ "That" opens a clause after a verb, stands for its noun after one, and points at a noun otherwise."""
    before = tags[-1] if tags else ""
    if (
        before in VERBS
        or before in ("T", "J", "B", ",", "p", "C")
        or not _TELLS.isdisjoint(tokens.lower[max(0, i - 4) : i])
    ):
        return "K"
    if before in ("N", "E", ")"):
        return "W"
    return "D" if i + 1 < len(tokens) and tokens.words[i + 1].isalpha() else "U"


def _open_class(i: int, word: str, tokens: Tokens, tags: list[str]) -> str:
    found = classes(word)
    if len(found) == 1:
        return _settle(found, i, tokens, tags)
    before = _before(tags)
    after = tokens.lower[i + 1] if i + 1 < len(tokens) else "."
    if not (before == "t" and i > 1 and tokens.lower[i - 2] in _TAKES_TO) and (
        verb := _verb_by_left(found, before, tags)
    ):
        return verb
    if "g" in found and _has_noun(found) and _closes_noun_phrase(i, tags, tokens):
        return "N"  # "the Oshgar crossing"
    if before in ("D", "A", "J", "Q", "P"):
        return _inside_noun_phrase(found, i, before, tokens)
    if verb := _verb_by_subject(found, before, after, tags, tokens, i):
        return verb
    if "n" in found and not _starts_noun(i + 1, tokens):
        return "N"  # "the Israeli military struck"
    return _settle(_first_nominal(found), i, tokens, tags)


_TAKES_TO = frozenset("according due close prior thanks next opposed loyal".split())


_OPEN_PHRASE = re.compile(r"[DA][JQEN]*[EN]$")


def _closes_noun_phrase(i: int, tags: list[str], tokens: Tokens) -> bool:
    """Whether a noun phrase with a determiner is open on the left and nothing on the right goes on with it."""
    after = tokens.lower[i + 1] if i + 1 < len(tokens) else "."
    opened = _OPEN_PHRASE.search("".join(tags[-8:]))
    return bool(opened) and (not after[0].isalnum() or _closed().get(after) in ("P", "T", "C"))


def _before(tags: list[str]) -> str:
    """The class to the left that decides: adverbs and negations are looked through."""
    for tag_ in reversed(tags):
        if tag_ not in "RX":
            return tag_
    return ""


def _verb_by_left(found: str, before: str, tags: list[str]) -> str:
    if before in ("M", "O", "t") and "v" in found:
        return "v"
    if before == "H" and ("p" in found or "d" in found):
        return "p"
    if before == "B":
        if "g" in found:
            return "g"
        if "p" in found or "d" in found:
            return "p"
    return ""


def _inside_noun_phrase(found: str, i: int, before: str, tokens: Tokens) -> str:
    """After a determiner, adjective, number or preposition: a noun, or what modifies one."""
    modifies = _starts_noun(i + 1, tokens)
    if before == "Q" and tokens.lower[i] in _HARMED and not modifies:
        return "p"  # "five killed and three wounded"
    if before == "P" and "g" in found:
        noun = found[0] in "nN" and i > 0 and tokens.lower[i - 1] == "of" and modifies
        return "J" if noun or (modifies and word_is_adjectival(tokens.lower[i])) else "g"
    if ("d" in found or "p" in found) and not _has_noun(found):
        # "In captured Brega" modifies; "of those killed" does not.
        return "J" if modifies else "p"
    if "j" in found and (modifies or not _has_noun(found)):
        return "J"
    if _has_noun(found):
        return "N"
    if "g" in found:
        return "g"
    return _settle(found[0], i, tokens, [])


_HARMED = frozenset("killed wounded injured hurt captured arrested detained missing dead displaced".split())


def _starts_noun(i: int, tokens: Tokens) -> bool:
    if i >= len(tokens):
        return False
    word = tokens.lower[i]
    if word in _closed() or not word[0].isalpha():
        return False
    found = classes(word)
    return tokens.words[i][0].isupper() or found[0] in "nNj" or (found[0] not in "dpvz" and _has_noun(found))


def _has_noun(found: str) -> bool:
    return "n" in found or "N" in found


_OPENS_OBJECT = frozenset("DEQUJ")


def _verb_by_subject(found: str, before: str, after: str, tags: list[str], tokens: Tokens, i: int) -> str:
    """After a noun, name or pronoun a word that can be a finite verb is one, where what follows lets it be."""
    subject = before in ("N", "E", "U", "W", "K", ")", "T", ",", "C", '"', "-", "")
    if not subject:
        return ""
    if "d" in found and (found[0] in "dp" or not _has_noun(found)):
        paired = before == "C" and tags[-2:-1] and tags[-2] in "DJ"  # "the isolated and besieged city"
        return "J" if paired and _starts_noun(i + 1, tokens) else "d"
    if "g" in found and (found[0] == "g" or before in ("K", ",")):
        return (
            "J"
            if word_is_adjectival(tokens.lower[i]) and before not in ("N", "E") and _starts_noun(i + 1, tokens)
            else "g"
        )
    if "z" in found and _is_third_person(found, before, after):
        return "z"
    if before == "C" and "v" in found and "tv" in "".join(tags[-14:]) and _object_of_infinitive(after, i, tokens):
        return "v"  # "to break the stalemate and help rebels take the town"
    plural = before in ("U", "W") or (before == "N" and _is_plural(tokens.lower[i - 1]))
    if (
        "v" in found
        and plural
        and (found[0] == "v" or (_object_follows(after, i, tokens) and _closed().get(after) != "P"))
    ):
        return "v"
    return ""


def _is_third_person(found: str, before: str, after: str) -> bool:
    """A word in -s that can be a plural noun is one, unless nothing else can be meant ("the army controls the")."""
    if "N" not in found or before in ("U", "W"):
        return True
    return before in ("E", "N", "U", "W") and found[0] == "z" and _closed().get(after) in ("D", "U")


_ADJECTIVAL = frozenset(
    "advancing retreating fleeing warring opposing remaining ruling surrounding neighbouring neighboring "
    "defending withdrawing departing leading invading occupying ongoing continuing fighting competing rival "
    "existing".split()
)


def word_is_adjectival(word: str) -> bool:
    """Whether a form in -ing before a noun more likely describes it than governs it."""
    return word in _ADJECTIVAL


def _object_follows(after: str, i: int, tokens: Tokens) -> bool:
    closed = _closed().get(after, "")
    if closed in ("D", "P", "t", "R", "U", "K", "Q", "T") or after in ("its", "their", "that"):
        return True
    return i + 1 < len(tokens) and tokens.words[i + 1][0].isupper()


def _is_plural(word: str) -> bool:
    return (word.endswith("s") and not word.endswith(("ss", "us", "is", "gas"))) or word in (
        "people",
        "police",
        "military",
        "men",
        "women",
        "children",
        "troops",
    )


def _object_of_infinitive(after: str, i: int, tokens: Tokens) -> bool:
    return _object_follows(after, i, tokens) or classes(after)[0] in "Nj"


def _first_nominal(found: str) -> str:
    for letter in found:
        if letter in "nNjr":
            return letter
    return found[0]


def _settle(letter: str, i: int, tokens: Tokens, tags: list[str]) -> str:
    if letter in ("n", "N"):
        return "N"
    if letter == "j":
        return "J"
    if letter == "r":
        return "R"
    if letter in ("p", "d"):
        before = _before(tags)
        if before in ("H", "B"):
            return "p"
        if before in ("D", "A", "P", "J", "Q") and _starts_noun(i + 1, tokens):
            return "J"
        return "p" if letter == "p" else "d"
    if letter == "g" and tags and tags[-1] in "DAJ":
        return "N" if not _starts_noun(i + 1, tokens) else "J"
    return letter
