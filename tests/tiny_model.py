"""A language model of random weights as a GGUF file, made here: a real server loads it, and it says nothing but noise.

Its tokens are the printable ASCII characters and some pairs of letters. The backslash is not among them, so that what
it says under a JSON grammar is always valid JSON. It is the worst liar there is: nothing it claims is in any source.
"""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import gguf
import numpy

PAIRS = "th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le".split()
CONTROL = ("<s>", "</s>", "<turn>", "</turn>")
TEMPLATE = "{% for one in messages %}<turn>{{ one.role }}: {{ one.content }}</turn>{% endfor %}<turn>assistant: "
SPACE = "Ġ"
"""How the tokens of GPT-2, whose kind these are, write a space."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of the model: its width, heads, layers, and the tokens that it was made for."""

    width: int = 48
    heads: int = 4
    layers: int = 2
    context: int = 4096


def vocabulary() -> list[str]:
    """Every token, the control tokens last."""
    letters = [SPACE, *(chr(code) for code in range(33, 127) if chr(code) != "\\")]
    return [*letters, *PAIRS, *(SPACE + letter for letter in "taoiswcbp"), *CONTROL]


def write_model(path: Path, *, seed: int = 0, shape: Shape = Shape()) -> Path:
    """Write the model, about 0.3 MB; the same seed gives the same weights."""
    writer = gguf.GGUFWriter(str(path), "llama")
    _describe(writer, shape)
    _tokens(writer)
    _weights(writer, shape, numpy.random.default_rng(seed))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _describe(writer: gguf.GGUFWriter, shape: Shape) -> None:
    writer.add_name("noise")
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_feed_forward_length(2 * shape.width)
    writer.add_block_count(shape.layers)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.heads)
    writer.add_rope_dimension_count(shape.width // shape.heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)


def _tokens(writer: gguf.GGUFWriter) -> None:
    tokens = vocabulary()
    plain = len(tokens) - len(CONTROL)
    kinds = [gguf.TokenType.NORMAL] * plain + [gguf.TokenType.CONTROL] * len(CONTROL)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    joined = [token for token in tokens[:plain] if len(token) == 2]
    writer.add_token_merges([" ".join(pair) for token in joined for pair in pairwise(token)])
    writer.add_bos_token_id(plain)
    writer.add_eos_token_id(plain + 1)
    writer.add_eot_token_id(plain + 3)
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)


def _weights(writer: gguf.GGUFWriter, shape: Shape, random: numpy.random.Generator) -> None:
    width, words = shape.width, len(vocabulary())

    def matrix(name: str, rows: int, columns: int, spread: float = 0.1) -> None:
        writer.add_tensor(f"{name}.weight", random.normal(0, spread, (rows, columns)).astype(numpy.float32))

    def ones(name: str) -> None:
        writer.add_tensor(f"{name}.weight", numpy.ones(width, numpy.float32))

    matrix("token_embd", words, width)
    matrix("output", words, width, spread=0.3)
    ones("output_norm")
    for number in range(shape.layers):
        block = f"blk.{number}"
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            matrix(f"{block}.{part}", width, width)
        matrix(f"{block}.ffn_gate", 2 * width, width)
        matrix(f"{block}.ffn_up", 2 * width, width)
        matrix(f"{block}.ffn_down", width, 2 * width)
        ones(f"{block}.attn_norm")
        ones(f"{block}.ffn_norm")
