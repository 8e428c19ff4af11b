"""Preprocesses texts with headers given by name."""

from __future__ import annotations

from collections.abc import Mapping

from go_asm_lsp.preprocess.cache import BlockCache
from go_asm_lsp.preprocess.model import Preprocessed
from go_asm_lsp.preprocess.preprocess import preprocess

PATH = "/p/a.s"


def run(
    source: bytes | str,
    headers: Mapping[str, str] | None = None,
    cache: BlockCache | None = None,
    predefined: Mapping[str, str] | None = None,
) -> Preprocessed:
    texts = {name: text.encode() for name, text in (headers or {}).items()}

    def resolve(written: str, from_path: str) -> tuple[str, bytes] | None:
        return (f"/p/{written}", texts[written]) if written in texts else None

    text = source.encode() if isinstance(source, str) else source
    return preprocess(text, PATH, predefined or {"GOARCH_amd64": "1"}, resolve, cache)


def expanded(result: Preprocessed) -> str:
    return b"".join(block.text for block in result.blocks).decode("utf-8", "surrogateescape")
