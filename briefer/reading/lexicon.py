"""The lexicons of the reader, loaded once: words with their parts of speech, known actors, generic actors and so on.

In: the data files beside this module. Out: mappings from a folded name or word to what is known of it.
"""

import lzma
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

DATA = "data"


@cache
def words() -> Mapping[str, str]:
    """Lower-case English words -> the parts of speech they can be, likeliest first.

    n noun, N plural noun, v base verb, z verb in -s, d past tense, p past participle, g -ing, j adjective, r adverb.
    """
    text = lzma.decompress((files(__package__) / DATA / "words.tsv.xz").read_bytes()).decode()
    fields = text[text.index("\n") + 1 :].replace("\t", "\n").split("\n")
    return MappingProxyType(dict(zip(fields[:-1:2], fields[1::2], strict=True)))
