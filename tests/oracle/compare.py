"""Compares our findings with go vet's, and tells known differences from unknown ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from go_asm_lsp.arch.registry import arch_for
from tests.goroot import GOROOT
from tests.oracle.answers import answers
from tests.oracle.generate import SYNTHETIC
from tests.oracle.records import Record
from tests.oracle.toolchain import Finding


@dataclass(frozen=True)
class Difference:
    """A finding that only one side has, and the lines of its file."""

    goarch: str
    finding: Finding
    is_ours: bool
    lines: tuple[str, ...]

    @property
    def line(self) -> str:
        return self.lines[self.finding[1] - 1]

    @property
    def message(self) -> str:
        return self.finding[2]


def differences(record: Record) -> list[Difference]:
    """Answers in which findings we and go vet differ; none for what does not type-check."""
    if record.vet is None:
        return []
    is_made_up = bool(record.files)
    directory = SYNTHETIC if is_made_up else f"{GOROOT}/src/{record.import_path}"
    changed = record.texts(directory)
    ours = answers(record.goarch).findings(directory, changed)
    theirs = frozenset(record.vet)
    return [
        Difference(record.goarch, finding, finding in ours, _lines(directory, finding, changed))
        for finding in sorted(ours ^ theirs)
    ]


def _lines(directory: str, finding: Finding, changed: Mapping[str, bytes]) -> tuple[str, ...]:
    name = finding[0]
    text = changed.get(name) or answers("amd64").files.read(f"{directory}/{name}") or b""
    return tuple(text.decode("utf-8", "replace").split("\n"))


def explanation(difference: Difference) -> str | None:
    """Names the entry of docs/vet-differences.md that a difference falls under."""
    return next((name for name, applies in _KNOWN.items() if applies(difference)), None)


def _is_in_macro(difference: Difference) -> bool:
    if difference.is_ours:
        words = set(re.findall(r"\w+", difference.line))
        defined = (re.match(r"\s*#\s*define\s+(\w+)", line) for line in difference.lines)
        return any(match[1] in words for match in defined if match)
    number = difference.finding[1] - 1
    while number and difference.lines[number - 1].rstrip().endswith("\\"):
        number -= 1
    return bool(re.match(r"\s*#\s*define\b", difference.lines[number]))


def _is_inactive(difference: Difference) -> bool:
    # Enough for the standard library: an #ifdef above and its #endif below.
    above = difference.lines[: difference.finding[1]]
    depth = sum(1 if re.match(r"\s*#if", line) else 0 for line in above)
    depth -= sum(1 if re.match(r"\s*#endif", line) else 0 for line in above)
    return not difference.is_ours and depth > 0


def _is_commented(difference: Difference) -> bool:
    if not difference.is_ours:
        return "/*" in difference.line
    # A result that is written in a comment only is not written.
    is_lost = any("/*" in line and "ret" in line for line in difference.lines)
    return is_lost and "RET without writing" in difference.message


def _is_digit_of_a_name(difference: Difference) -> bool:
    match = re.search(r"use of unnamed argument (\d+\(FP\))", difference.message)
    return bool(match and re.search(rf"[A-Za-z_]\w*{re.escape(match[1])}", difference.line))


_INVALID_WIDTH = re.compile(
    r": invalid (?P<mnemonic>\w+) of .*; (?P<type>.*) is (?P<size>\d+)-byte"
)


def _is_whole_value(difference: Difference) -> bool:
    match = _INVALID_WIDTH.search(difference.message)
    arch = arch_for(difference.goarch)
    if match is None or arch is None or difference.is_ours:
        return False
    return arch.width(match["mnemonic"], is_destination=False) == int(match["size"])


def _is_vector_width(difference: Difference) -> bool:
    match = _INVALID_WIDTH.search(difference.message)
    return bool(match and not difference.is_ours and match["mnemonic"].startswith(("V", "P", "K")))


def _is_word_with_ret(difference: Difference) -> bool:
    is_finding = "RET without writing" in difference.message
    return is_finding and not difference.is_ours and not re.search(r"\bRET\b", difference.line)


_KNOWN: dict[str, Callable[[Difference], bool]] = {
    "macros": _is_in_macro,
    "inactive-code": _is_inactive,
    "block-comments": _is_commented,
    "names-that-end-in-digits": _is_digit_of_a_name,
    "whole-arrays-and-structs": _is_whole_value,
    "vector-instructions": _is_vector_width,
    "words-that-contain-ret": _is_word_with_ret,
}
