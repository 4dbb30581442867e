"""Make briefer/reading/data/words.tsv.xz: which parts of speech an English word can be, the likeliest first.

Made from three sources, each with a free licence:

- the WordNet 3.0 database (Debian package wordnet-base; WordNet licence, Princeton University): which words can be a
  noun, verb, adjective or adverb, how often each was seen in tagged text, and the irregular forms (`*.exc`);
- the part-of-speech lexicon of Festival (Debian package festlex-poslex; a permissive licence of the Centre for Speech
  Technology Research, University of Edinburgh): log P(word | Penn tag) of news text;
- the lexicon of Brill's tagger (in the Python package textblob as en-lexicon.txt; MIT licence, Massachusetts Institute
  of Technology and University of Pennsylvania; with words added from CMU's tagged tweets, CC BY 3.0): one tag a word.

Usage: python scripts/make_words.py --wordnet DIR --poslex FILE --brill FILE --out briefer/reading/data/words.tsv.xz

A line is `word<TAB>tags`; the tags are n noun singular, N noun plural, v base verb, z verb in -s, d past tense,
p past participle, g -ing, j adjective, r adverb.
"""

import argparse
import lzma
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

SOURCE = (
    "made by scripts/make_words.py from WordNet 3.0 (Princeton University), Festival's part-of-speech lexicon "
    "(University of Edinburgh) and the lexicon of Brill's tagger (MIT and University of Pennsylvania)"
)

Scores = defaultdict[str, defaultdict[str, float]]

PENN = {
    "nn": "n", "nns": "N", "vb": "v", "vbp": "v", "vbz": "z", "vbd": "d", "vbn": "p", "vbg": "g",
    "jj": "j", "jjr": "j", "jjs": "j", "rb": "r", "rbr": "r", "rbs": "r",
}  # fmt: skip
# How many words of each tag the news text behind the Festival lexicon has; turns P(word | tag) back into counts.
TAG_SIZE = {
    "nn": 131_768, "nns": 59_856, "vb": 26_438, "vbp": 12_491, "vbz": 21_672, "vbd": 30_430, "vbn": 20_024,
    "vbg": 14_893, "jj": 61_217, "jjr": 3_238, "jjs": 1_947, "rb": 30_970, "rbr": 1_765, "rbs": 451,
}  # fmt: skip
WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*\Z")
VOWELS = "aeiou"
PREFIXES = ("re", "over", "under", "out", "un", "mis", "fore", "with", "inter", "counter", "be", "up")
PLANTS_ANIMALS = {"05", "20"}  # WordNet's files of species: half of its nouns, and no word of a war report
GIVEN_AWAY = (  # endings that tell the part of speech of a word nobody has met
    "ness", "ity", "ism", "ist", "ology", "ologist", "graphy", "ment", "tion", "ship", "hood", "cy", "logy", "metry",
    "ous", "ic", "ical", "able", "ible", "less", "ful", "ish", "oid", "ose", "like", "ly", "itis", "osis", "emia",
    "ine", "ide", "ate", "ite", "ase", "in", "one", "ol", "ium", "us", "al", "ar", "ary", "ive", "ian", "ance", "ence",
    "ure",
)  # fmt: skip
PROPER_TAGS = {"NNP", "NNPS"}

# Words of war reports that the sources, all older than 1998 or general, lack or know by another use only.
ADDED = """
airbase n;airbases N;airdrop nv;airdrops Nz;airlift nv;airlifted dp;airspace n;airstrike n;airstrikes N
anti-aircraft j;anti-government j;anti-regime j;anti-tank j;anti-terror j;anti-war j;artilleryman n;battlefield n
battlefields N;beheading ng;beheadings N;bombmaker n;booby-trapped jpd;ceasefire n;ceasefires N;checkpoint n
checkpoints N;counterattack nv;counterattacked dp;counterattacking g;counterattacks Nz;counterinsurgency n
counteroffensive n;counteroffensives N;counterterrorism n;cross-border jr;de-escalate v;de-escalation n
deconfliction n;deminer n;deminers N;demining ng;drone n;drones N;evacuee n;evacuees N;fatalities N;fatality n
fighter n;fighters N;fighting ng;frontline nj;frontlines N;geolocate v;geolocated pdj;geolocating g
government-held j;gunbattle n;gunbattles N;gunfight n;gunfights N;gunship n;gunships N;headshot n;helipad n
hospitalise v;hospitalised pd;improvised jpd;infighting n;insurgencies N;insurgency n;islamist jn;islamists N
jihadi nj;jihadis N;jihadist nj;jihadists N;junta n;juntas N;kidnapper n;kidnappers N;kilometre n;kilometres N
kinetic j;landmine n;landmines N;loyalist nj;loyalists N;mechanised jp;militiaman n;militiamen N;minefield n
minefields N;mujahedeen N;mujahideen N;no-fly j;offensive nj;offensives N;opposition-held j;paramilitaries N
paramilitary jn;peacekeeper n;peacekeepers N;peacekeeping nj;powerplant n;pro-government j;pro-regime j
pro-russian jn;pullback n;pullout n;rebel-held j;recapture vn;recaptured dp;recaptures zN;recapturing g;reconquer v
reconquered dp;redeploy v;redeployed dp;redeploying g;redeployment n;redeployments N;redeploys z;regime-held j
regroup v;regrouped dp;regrouping g;regroups z;resupplied dp;resupply vn;retake v;retaken p;retakes z;retaking g
retook d;roadblock n;roadblocks N;rocket-propelled j;separatist nj;separatists N;shell nv;shelled dp;shellfire n
shelling ng;shellings N;shells Nz;sniper n;snipers N;spokespeople N;spokesperson n;spokeswoman n;stronghold n
strongholds N;tribesman n;tribesmen N;truce n;truces N;unexploded j;unmanned j;warlord n;warlords N;warplane n
warplanes N;warship n;warships N;warzone n;warzones N;withdrawal n;withdrawals N
""".replace("\n", ";")


def main() -> None:
    """Read the three sources and write the lexicon."""
    options = arguments()
    scores: Scores = defaultdict(lambda: defaultdict(float))
    news = dict(festival(options.poslex))
    brown, proper = brill(options.brill)
    known = wordnet(options.wordnet, scores, news, brown)
    add_news(scores, news, brown, known)
    for word in list(scores):
        if word in proper and word not in news and word not in brown:
            del scores[word]
    lines = {word: order(scores[word]) for word in scores if len(word) > 1 and worth(word, scores, news, brown)}
    for entry in filter(None, ADDED.split(";")):
        word, tags = entry.split()
        lines[word] = tags
    head = f"# Source: {SOURCE}\n"
    body = "".join(f"{word}\t{tags}\n" for word, tags in sorted(lines.items()) if tags)
    options.out.write_bytes(lzma.compress((head + body).encode(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(lines)} words, {options.out.stat().st_size} bytes")


def arguments() -> argparse.Namespace:
    """The paths of the sources and of the result."""
    parser = argparse.ArgumentParser(description="Make the part-of-speech lexicon of briefer.")
    for name in ("wordnet", "poslex", "brill", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    return parser.parse_args()


def festival(path: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """Words of the Festival lexicon with an estimated count for each of our tags (and "" for a proper name)."""
    for line in path.read_text(encoding="latin-1").splitlines():
        found = re.match(r'\("(.+?)" \(\((.*)\) \) \(\) \)', line)
        if not found or not WORD.match(found[1]):
            continue
        counts: dict[str, float] = defaultdict(float)
        for tag, value in re.findall(r"([a-z]+) (-[\d.]+)", found[2]):
            if tag in PENN:
                counts[PENN[tag]] += math.exp(float(value)) * TAG_SIZE[tag]
            elif tag.startswith("nnp"):
                counts[""] += math.exp(float(value)) * 90_000
            else:
                counts["x"] += 1
        yield found[1], dict(counts)


def brill(path: Path) -> tuple[dict[str, str], set[str]]:
    """The likeliest tag of each lower-case word of Brill's lexicon, and the words it has as proper names only."""
    common: dict[str, str] = {}
    names: set[str] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, tag = line.partition(" ")
        if WORD.match(word) and tag.lower() in PENN:
            common[word] = PENN[tag.lower()]
        elif tag in PROPER_TAGS:
            names.add(word.lower())
    return common, names - common.keys()


def wordnet(folder: Path, scores: Scores, news: dict[str, dict[str, float]], brown: dict[str, str]) -> set[str]:
    """Score the words of WordNet and their inflected forms; gives all words scored."""
    seen = counts(folder)
    irregular = {part: exceptions(folder / f"{part}.exc") for part in ("noun", "verb", "adj")}
    capitals, species = properties(folder)
    for lemma in lemmas(folder / "index.noun"):
        if lemma in capitals or (lemma in species and lemma not in news and lemma not in brown):
            continue
        weight = 0.3 + seen["1", lemma]
        scores[lemma]["n"] += weight
        met = weight > 1 or lemma in news or lemma in brown
        for form in irregular["noun"].get(lemma, [plural(lemma)]):
            if met or form in news or form in brown:  # the rest are plural by their -s, which a tagger sees by itself
                scores[form]["N"] += 0.4 * weight
    for lemma in lemmas(folder / "index.verb"):
        weight = 0.2 + 2 * seen["2", lemma]
        scores[lemma]["v"] += weight
        for form, tag in verb_forms(lemma, irregular["verb"].get(lemma, []), news, brown):
            scores[form][tag] += 0.6 * weight
    for lemma in lemmas(folder / "index.adj"):
        if lemma not in capitals:
            scores[lemma]["j"] += 0.3 + seen["3", lemma] + seen["5", lemma]
            for form in irregular["adj"].get(lemma, []):
                scores[form]["j"] += 1
    for lemma in lemmas(folder / "index.adv"):
        scores[lemma]["r"] += 0.3 + seen["4", lemma]
    return set(scores)


def counts(folder: Path) -> defaultdict[tuple[str, str], float]:
    """How often each (part, lemma) was seen in the tagged text that comes with WordNet."""
    found: defaultdict[tuple[str, str], float] = defaultdict(float)
    for line in (folder / "cntlist.rev").read_text().splitlines():
        key, _, number = line.split()
        lemma, _, sense = key.partition("%")
        found[sense[0], lemma] += int(number)
    return found


def lemmas(path: Path) -> Iterator[str]:
    """The single words of one index file."""
    for line in path.read_text().splitlines():
        if not line.startswith(" "):
            word = line.split(" ", 1)[0]
            if WORD.match(word) and word.count("-") < 2:
                yield word


def properties(folder: Path) -> tuple[set[str], set[str]]:
    """Lemmas that are written with a capital in every sense, and nouns that are plants or animals in every sense."""
    cased: defaultdict[str, set[bool]] = defaultdict(set)
    living: defaultdict[str, set[bool]] = defaultdict(set)
    for part in ("noun", "adj"):
        for line in (folder / f"data.{part}").read_text().splitlines():
            if line.startswith(" "):
                continue
            fields = line.split(" ", 60)
            words = line.split(" | ")[0].split()[4 : 4 + 2 * int(fields[3], 16) : 2]
            for word in words:
                bare = word.partition("(")[0]
                cased[bare.lower()].add(bare != bare.lower())
                if part == "noun":
                    living[bare.lower()].add(fields[1] in PLANTS_ANIMALS)
    only = {word for word, values in cased.items() if values == {True}}
    return only, {word for word, values in living.items() if values == {True}}


def exceptions(path: Path) -> dict[str, list[str]]:
    """Irregular forms of each lemma."""
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for line in path.read_text().splitlines():
        form, *bases = line.split()
        for base in bases:
            if WORD.match(form) and WORD.match(base) and form != base:
                forms[base].append(form)
    return forms


def plural(noun: str) -> str:
    """The regular plural."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in VOWELS:
        return noun[:-1] + "ies"
    if noun.endswith("man") and len(noun) > 4 and noun not in ("human", "german", "roman", "shaman", "talisman"):
        return noun[:-3] + "men"
    return noun + "s"


def verb_forms(
    verb: str, irregular: list[str], news: dict[str, dict[str, float]], brown: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """Each inflected form of a verb with its tag; a form that is both past tense and participle comes twice."""
    yield plural(verb), "z"
    gerunds = [form for form in irregular if form.endswith("ing")]
    pasts = [form for form in irregular if not form.endswith(("ing", "s")) and form != verb]
    for form in gerunds or [stem(verb, "ing") + "ing"]:
        yield form, "g"
    for form in pasts or [stem(verb, "ed") + "ed"]:
        for tag in past_tags(form, news, brown):
            yield form, tag


def stem(verb: str, ending: str) -> str:
    """What a verb becomes before -ed or -ing."""
    if ending == "ing" and verb.endswith("ie"):
        return verb[:-2] + "y"
    if verb.endswith("e") and not (ending == "ing" and verb.endswith(("ee", "oe", "ye"))):
        return verb[:-1]
    if ending == "ed" and verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return verb[:-1] + "i"
    short = re.match(r"[^aeiou]*(?:qu)?[aeiouy][bdfgklmnprtvz]\Z", verb)
    return verb + verb[-1] if short else verb


def past_tags(form: str, news: dict[str, dict[str, float]], brown: dict[str, str]) -> str:
    """Whether a past form is past tense, participle or both: as the news text shows, its own or its stem's."""
    if form.endswith("ed"):
        return "dp"
    for base in (form, *(form.removeprefix(prefix) for prefix in PREFIXES if form.startswith(prefix))):
        shown = "".join(tag for tag in "dp" if news.get(base, {}).get(tag, 0) or brown.get(base) == tag)
        if shown:
            return shown
    return "p" if form.endswith("n") else "dp"


def add_news(scores: Scores, news: dict[str, dict[str, float]], brown: dict[str, str], known: set[str]) -> None:
    """Add what the two news lexicons say to the scores of WordNet.

    A tag that only the news text has counts when it was seen often enough not to be an annotator's slip.
    """
    for word, tags in news.items():
        total = sum(tags.values())
        if "-" in word and total < 3 and word not in known:
            continue
        for tag, count in tags.items():
            if tag in ("", "x"):
                continue
            supported = scores[word].get(tag, 0) > 0 if word in known else True
            if supported or (count >= 3 and count / total > 0.04) or brown.get(word) == tag:
                scores[word][tag] += count
        if tags.get("", 0) > 0.95 * total and word not in known and word not in brown:
            scores.pop(word, None)
    for word, tag in brown.items():
        often = sum(news.get(word, {}).values()) >= 3
        if word in known or often or "-" not in word:  # of compounds a tagger reads the last part
            scores[word][tag] += 1.0 + 0.5 * max(scores[word].values(), default=0)


def worth(word: str, scores: Scores, news: dict[str, dict[str, float]], brown: dict[str, str]) -> bool:
    """Whether a word is worth its place: met in text, or no mere noun or adjective that its ending gives away."""
    if not WORD.match(word):
        return False
    if word in news or word in brown or max(scores[word].values(), default=0) > 1:
        return True
    return not ("-" in word or len(word) > 14 or word.endswith(GIVEN_AWAY))


def order(tags: dict[str, float]) -> str:
    """The tags, likeliest first; those seen in fewer than one of 400 uses are left out."""
    floor = max(tags.values(), default=0) / 400
    return "".join(sorted((tag for tag in tags if tags[tag] > floor), key=lambda tag: (-tags[tag], tag)))


if __name__ == "__main__":
    main()
