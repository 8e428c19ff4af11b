"""Where tokens come from: files, and macro bodies being expanded, one above the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from go_asm_lsp.preprocess.definition import Definition
from go_asm_lsp.preprocess.tokens import Token, next_token


@dataclass(slots=True)
class Use:
    """A macro's name written in the analysed text; `start` and `end` delimit its expansion."""

    definition: Definition
    name_start: int
    call_end: int
    start: int
    end: int


@dataclass(slots=True)
class FileReader:
    """A file being read. `conditions` says how many #ifdef were open in front of it."""

    text: bytes
    home: str | None  # the path; None for the analysed text
    position: int = 0
    conditions: int = 0

    def next(self) -> Token | None:
        token = next_token(self.text, self.position, self.home)
        self.position = len(self.text) if token is None else token.end
        return token

    def put_back(self, token: Token) -> None:
        self.position = token.start


@dataclass(slots=True)
class BodyReader:
    """A macro's body being read, its arguments filled in."""

    tokens: Sequence[Token]
    use: Use | None
    position: int = 0

    def next(self) -> Token | None:
        if self.position == len(self.tokens):
            return None
        self.position += 1
        return self.tokens[self.position - 1]

    def put_back(self, token: Token) -> None:
        self.position -= 1


Reader = FileReader | BodyReader
