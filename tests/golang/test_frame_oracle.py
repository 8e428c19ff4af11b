"""Frames of random functions against asmdecl, byte by byte and name by name.

Each function gets assembly full of mistakes whose messages tell all that vet knows of the frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from go_asm_lsp.golang.frame import argument_frame
from go_asm_lsp.golang.model import ArgumentFrame, Slot
from tests.golang.compiler import compile_package
from tests.golang.loading import go_packages
from tests.golang.random_types import IMPORTED, random_types
from tests.golang.test_asmhdr import without_errors
from tests.oracle.toolchain import Package, vet

# Instructions and the size in bytes vet takes them to move.
_MOVES = {
    "amd64": {"MOVOU": 16, "MOVB": 1},
    "386": {"MOVOU": 16, "MOVB": 1},
    "arm": {"MOVB": 1, "MOVW": 4},
    "mips": {"MOVB": 1, "MOVW": 4},
    "mips64le": {"MOVB": 1, "MOVV": 8},
    "s390x": {"MOVB": 1, "MOVD": 8},
}
_MANY = 120


@pytest.mark.parametrize("goarch", ["amd64", "mips"])
def test_frames_of_random_functions(goarch: str, tmp_path: Path) -> None:
    check_frames(Random(f"frames {goarch}"), goarch, 25, tmp_path)


@pytest.mark.oracle
@pytest.mark.parametrize("seed", range(40))
def test_frames_of_more_random_functions(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    check_frames(random, random.choice(list(_MOVES)), 30, tmp_path)


def check_frames(random: Random, goarch: str, count: int, scratch: Path) -> None:
    archive = compile_package(scratch, "q", IMPORTED, goarch, {}).archive
    source, _ = without_errors(random_types(random, count), goarch, scratch, {"q": archive})
    packages = go_packages({"q": {"q.go": IMPORTED}, "p": {"p.go": source}}, goarch)
    lines: list[str] = []
    expected: set[tuple[int, str]] = set()
    for name in packages["p"].prototype_names:
        frame = argument_frame(packages["p"], name)
        assert frame
        assert frame.is_complete, frame.prototype.signature
        for line, message in mistakes(frame, goarch):
            lines.append(line)
            if message:
                expected.add((len(lines), f"[{goarch}] {name}: {message}"))
    assembly = f"p_{goarch}.s"
    package = Package(
        import_path="p",
        directory=str(scratch),
        go_files=("p.go",),
        other_files=(assembly,),
        imports={"q": "q", "unsafe": "unsafe"},
        exports={"q": str(archive)},
    )
    text = "\n".join(lines) + "\n"
    found = vet(package, goarch, {"p.go": source.encode(), assembly: text.encode()}, scratch)
    assert found is not None
    about_frames = {
        (line, message) for _, line, message in found if not message.startswith("frame pointer")
    }
    assert about_frames == expected
    assert len(expected) > 10 * count


def mistakes(frame: ArgumentFrame, goarch: str) -> Iterator[tuple[str, str | None]]:
    """Writes wrong lines for one function, each with what vet says of it."""
    size = frame.size + 4096
    yield (
        f"TEXT ·{frame.prototype.name}(SB), 0, $0-{size}",
        f"wrong argument size {size}; expected $...-{frame.size}",
    )
    for offset in range(min(frame.size + 2, _MANY)):
        slot = frame.slot_at(offset)
        hint = f"; offset {offset} is {slot.name}+{slot.offset}(FP)" if slot else ""
        yield f"\tXXX zz+{offset}(FP)", f"unknown variable zz{hint}"
    for name in dict.fromkeys(slot.name for slot in islice(frame.slots(), _MANY)):
        slot = frame.slot(name)
        assert slot
        yield (
            f"\tXXX {name}+99999(FP)",
            f"invalid offset {name}+99999(FP); expected {name}+{slot.offset}(FP)"
            + listed(slot, "or", 1),
        )
        for move, width in _MOVES[goarch].items():
            yield f"\t{move} {name}+{slot.offset}(FP), X0", wrong_width(slot, move, width)


def wrong_width(slot: Slot, move: str, width: int) -> str | None:
    # Of a value of several words the first may be moved, and a complex as a whole.
    first = slot.inner[0] if isinstance(slot.kind, str) and slot.inner else slot
    moved = slot if slot.kind == "complex" else first
    if width == moved.kind or (slot.kind == "complex" and width == slot.size):
        return None
    containing = " containing" + listed(slot, "and", 2) if slot.inner else ""
    return (
        f"invalid {move} of {slot.name}+{slot.offset}(FP); "
        f"{moved.type} is {moved.size}-byte value{containing}"
    )


def listed(slot: Slot, word: str, commas_above: int) -> str:
    """Lists the inner components as vet does, which differs between its two messages."""
    text = ""
    last = len(slot.inner) - 1
    for index, part in enumerate(slot.inner):
        comma = last >= commas_above and (index > 0 or commas_above == 1)
        joined = f" {word}" if index == last and (index > 0 or commas_above == 1) else ""
        text += f"{',' if comma else ''}{joined} {part.name}+{part.offset}(FP)"
    return text
