"""The tokenizer counts as OpenAI's does, offline, and takes any text."""

import hashlib
import time

import pytest
import tiktoken
from hypothesis import given
from hypothesis import strategies as st

from briefer.chunk import RANKS_SHA256, O200k, ranks_intact
from briefer.chunk.tokenizer import ranks

TEXTS = {
    "empty": "",
    "prose": "Fighters withdrew from the town's southern outskirts at dawn, 14 of them wounded.",
    "contractions": "They'll say it wasn't lost. WE'VE HELD IT.",
    "arabic": "سيطر الجيش على البلدة صباح السبت",
    "cyrillic": "Военные заняли посёлок",
    "chinese": "军队占领了该镇",
    "marks": "Straße, naïve, Ḥarakat Aḥrār aš-Šām",
    "numbers": "1,250 killed; 12345678 people; 3.5 km",
    "blank lines": "One.\r\n\r\n\tTwo.   \n Three    ",
    "emoji": "🚩🇺🇦 👨‍👩‍👧",
    "special tokens": "<|endoftext|> and <|endofprompt|>",
    "lone surrogate": "a\ud800b",
}


@pytest.fixture(scope="module")
def stock(tmp_path_factory):
    """tiktoken's own o200k_base, given the same ranks through its cache folder so that it fetches nothing."""
    folder = tmp_path_factory.mktemp("ranks")
    address = "https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken"
    (folder / hashlib.sha1(address.encode()).hexdigest()).write_bytes(ranks())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIKTOKEN_CACHE_DIR", str(folder))
        return tiktoken.get_encoding("o200k_base")


def test_the_shipped_ranks_are_the_published_ones():
    assert hashlib.sha256(ranks()).hexdigest() == RANKS_SHA256
    assert ranks_intact()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_counts_as_the_stock_encoding(stock, text):
    assert O200k().count(text) == len(stock.encode_ordinary(text))


@given(text=st.text())
def test_counts_any_text_as_the_stock_encoding(stock, text):
    assert O200k().count(text) == len(stock.encode_ordinary(text))


def test_a_special_token_in_an_article_is_ordinary_text():
    assert O200k().count("<|endoftext|>") > 1


def test_a_long_text_counts_as_the_sum_of_its_parts(stock):
    text = "The army took the town of Marisal on Saturday. " * 10_000
    assert O200k().count(text) == len(stock.encode_ordinary(text))


@pytest.mark.parametrize("character", [" ", "\n", "a", "^", "的", "1", "\x00"])
def test_a_hostile_run_of_one_character_is_counted_in_time(character):
    begin = time.monotonic()
    assert O200k().count(character * 1_500_000) > 0
    assert time.monotonic() - begin < 10
