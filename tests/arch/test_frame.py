"""The real frame, compared with what the assembler emitted for tiny functions."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from go_asm_lsp.arch.frame import RULES, PhysicalFrame, RegionKind, is_call, physical_frame
from go_asm_lsp.golang.model import GOARCHES
from tests.goroot import GOROOT

ASSEMBLER = Path(GOROOT) / "pkg" / "tool" / "linux_amd64" / "asm"

# Per architecture: how to load a word, a call, and where an emitted load keeps its displacement.
LOADS = {
    "386": "MOVL {}, AX",
    "amd64": "MOVQ {}, AX",
    "arm": "MOVW {}, R1",
    "arm64": "MOVD {}, R1",
    "loong64": "MOVV {}, R4",
    "mips": "MOVW {}, R4",
    "mipsle": "MOVW {}, R4",
    "mips64": "MOVV {}, R4",
    "mips64le": "MOVV {}, R4",
    "ppc64": "MOVD {}, R5",
    "ppc64le": "MOVD {}, R5",
    "riscv64": "MOV {}, X10",
    "s390x": "MOVD {}, R4",
    "wasm": "MOVD {}, R0",
}
BIG_ENDIAN = ("mips", "mips64", "ppc64", "s390x")


@dataclass(frozen=True, slots=True)
class Emitted:
    """What the listing of one function shows."""

    arguments: int
    local: int | None  # of name-word(SP)
    saved_link: int | None  # offset from the final stack pointer
    saved_frame_pointer: int | None


def signed(value: int, bits: int) -> int:
    return value - (1 << bits) if value >> (bits - 1) else value


def displacement(goarch: str, code: bytes) -> int:
    """Decodes the displacement of a load from the stack."""
    order: Literal["big", "little"] = (
        "big" if goarch in ("mips", "mips64", "ppc64", "s390x") else "little"
    )
    word = int.from_bytes(code[:4], order)
    match goarch:
        case "386" | "amd64":
            modrm = 2 if code[0] == 0x48 else 1
            assert code[modrm] >> 6 in (0, 1, 2)
            size = (0, 1, 4)[code[modrm] >> 6]
            return int.from_bytes(code[modrm + 2 : modrm + 2 + size], "little", signed=True)
        case "arm":
            return (word & 0xFFF) * (1 if word >> 23 & 1 else -1)
        case "arm64":
            is_scaled = word >> 24 & 1
            return (word >> 10 & 0xFFF) * 8 if is_scaled else signed(word >> 12 & 0x1FF, 9)
        case "loong64":
            return signed(word >> 10 & 0xFFF, 12)
        case "ppc64" | "ppc64le":
            return signed(word & 0xFFFC, 16)
        case "s390x":
            assert code[0] == 0xE3
            return signed((code[4] << 12) | (int.from_bytes(code[2:4], "big") & 0xFFF), 20)
        case _:
            return signed(word & 0xFFFF, 16)


def assemble(goarch: str, body: str, folder: Path) -> str:
    source = folder / "f.s"
    source.write_text(body)
    finished = subprocess.run(
        [str(ASSEMBLER), "-S", "-p", "main", "-o", str(folder / "f.o"), str(source)],
        env={**os.environ, "GOARCH": goarch, "GOOS": "js" if goarch == "wasm" else "linux"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


def emitted(
    goarch: str, declared: int, is_no_frame: bool, makes_calls: bool, folder: Path
) -> Emitted:
    rules = RULES[goarch]
    has_local = goarch != "wasm"  # where name-off(SP) has no base register
    call = "" if not makes_calls else "CALL ·g(SB)\n"
    flags = "4|512" if is_no_frame else "4"
    body = [f"TEXT ·f(SB), {flags}, ${declared}-16", LOADS[goarch].format("x+0(FP)")]
    body.append(LOADS[goarch].format(f"y-{rules.word}(SP)") if has_local else "")
    listing = assemble(goarch, "\n".join(body) + f"\n{call}RET\n", folder)
    lines = re.findall(r"^\t0x([0-9a-f]+) \d+ \(\S+:(\d+)\)\t(.*)$", listing, re.M)
    code = bytes.fromhex("".join(re.findall(r"^\t0x[0-9a-f]+((?: [0-9a-f]{2})+)  ", listing, re.M)))

    def offset_of(line: int) -> int:
        pc, text = next(
            (int(pc, 16), text)
            for pc, at, text in lines
            if int(at) == line and "FUNCDATA" not in text
        )
        if goarch == "riscv64":  # whose loads may be compressed, and whose listing is resolved
            shown = re.search(r"[xy]([+-]\d+)?\(", text)
            assert shown
            return int(shown[1] or 0)
        return displacement(goarch, code[pc:])

    prologue = [text.split("\t") for _, at, text in lines if at == "1"]
    if goarch == "wasm":
        moved = re.search(r"I64Load\t\$(\d+)", listing)
        assert moved
        return Emitted(int(moved[1]), None, None, None)
    link, frame_pointer = saves(goarch, prologue)
    return Emitted(offset_of(2), offset_of(3) if has_local else None, link, frame_pointer)


def saves(goarch: str, prologue: list[list[str]]) -> tuple[int | None, int | None]:
    """Follows the prologue and answers where link register and frame pointer were stored."""
    rules = RULES[goarch]
    depth = 0
    at: dict[str, int] = {}
    for mnemonic, *rest in prologue:
        operands = rest[0].split(", ") if rest else []
        match mnemonic, operands:
            case "PUSHQ", [register]:
                depth += 8
                at[register] = depth
            case (("SUBQ" | "SUBL"), [size, "SP"]):
                depth += int(size[1:])
            case (("MOVW.W" | "MOVD.W" | "MOVDU"), [register, where]):
                depth -= int(where.split("(")[0])
                at[register] = depth
            case (("ADDI" | "ADDU" | "ADDV"), [size, *_]):
                depth -= int(size[1:])
            case "MOVD", [address, "R15"] if address.startswith("$"):
                depth -= int(address[1:].split("(")[0])
            case (("MOVW" | "MOVV" | "MOVD" | "MOV"), [register, where]) if "(" in where:
                at[register] = depth - int(where.split("(")[0] or 0)
            case _:
                pass
    if goarch.startswith("ppc64"):
        at["LR"] = at.get("R31", -1)  # LR goes through R31
    link = at.get(rules.link or "")
    frame_pointer = at.get(rules.frame_pointer or "")
    return (
        None if link is None or link < 0 else depth - link,
        None if frame_pointer is None else depth - frame_pointer,
    )


def found(frame: PhysicalFrame, kind: RegionKind) -> int | None:
    return next((region.offset for region in frame.regions if region.kind is kind), None)


@pytest.mark.oracle
@pytest.mark.parametrize("makes_calls", [False, True])
@pytest.mark.parametrize("goarch", GOARCHES)
def test_agrees_with_the_assembler(goarch: str, makes_calls: bool, tmp_path: Path) -> None:
    rules = RULES[goarch]
    step = 16 if goarch == "arm64" else 4 if rules.word == 4 else 8
    sizes = [0, step, 2 * step, 3 * step, 3 * step + 8]
    if rules.round_to > 1:
        sizes.append(4)
    cases = [(size, False) for size in sizes] + [(0, True)]
    if goarch == "wasm":  # makes frames only, and has no NOFRAME
        cases = [(size, False) for size in sizes]
    for declared, is_no_frame in cases:
        real = emitted(goarch, declared, is_no_frame, makes_calls, tmp_path)
        frame = physical_frame(goarch, declared, is_no_frame=is_no_frame, makes_calls=makes_calls)
        ours = Emitted(
            frame.arguments,
            None if real.local is None else frame.locals_top - rules.word,
            None if rules.link is None else found(frame, RegionKind.SAVED_LINK),
            None if rules.frame_pointer is None else found(frame, RegionKind.SAVED_FRAME_POINTER),
        )
        assert ours == real, (declared, is_no_frame)


@pytest.mark.oracle
@pytest.mark.parametrize("goarch", sorted(arch for arch, r in RULES.items() if r.no_frame))
def test_old_spelling_of_no_frame(goarch: str, tmp_path: Path) -> None:
    declared = RULES[goarch].no_frame
    assert declared
    real = emitted(goarch, declared, False, True, tmp_path)
    frame = physical_frame(goarch, declared, is_no_frame=False, makes_calls=True)
    assert real.arguments == frame.arguments
    assert not frame.has_frame
    assert real.saved_link is None


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("goarch", "instruction"),
    [
        ("amd64", "CALL AX"),
        ("arm", "BL ·g(SB)"),
        ("arm", "CALL ·g(SB)"),
        ("arm", "BX (R1)"),
        ("arm", "DIVU R1, R2, R3"),
        ("arm", "MOD R1, R2, R3"),
        ("arm64", "BL ·g(SB)"),
        ("arm64", "CALL (R1)"),
        ("loong64", "JAL ·g(SB)"),
        ("mips", "JAL ·g(SB)"),
        ("mips64", "BGEZAL R4, ret"),
        ("ppc64", "BL ·g(SB)"),
        ("ppc64le", "BCL 20, 31, ret"),
        ("s390x", "BL ·g(SB)"),
        ("riscv64", "JALR X1, X5"),
        ("riscv64", "JAL X1, ret"),
        pytest.param("amd64", "JMP AX", id="a jump is no call"),
        pytest.param("riscv64", "JALR X0, X5", id="a jump that drops its return address"),
    ],
)
def test_what_counts_as_a_call(goarch: str, instruction: str, tmp_path: Path) -> None:
    load = LOADS[goarch].format("x+0(FP)")
    text = f"TEXT ·f(SB), 0, $0-16\n{load}\n{instruction}\nret:\nRET\n"
    listing = assemble(goarch, text, tmp_path)
    prologue = [
        line.split("\t")
        for line in re.findall(r"^\t0x[0-9a-f]+ \d+ \(\S+:1\)\t(.*)$", listing, re.M)
    ]
    mnemonic, _, operands = instruction.partition(" ")
    first = operands.partition(",")[0]
    link, frame_pointer = saves(goarch, prologue)
    assert is_call(goarch, mnemonic, first) == (link is not None or frame_pointer is not None)


@pytest.mark.parametrize("goarch", GOARCHES)
@pytest.mark.parametrize("makes_calls", [False, True])
@pytest.mark.parametrize("declared", [-64, 0, 3, 4, 8, 24, 1 << 20])
def test_regions_fill_the_frame(goarch: str, declared: int, makes_calls: bool) -> None:
    frame = physical_frame(goarch, declared, is_no_frame=False, makes_calls=makes_calls)
    bottom = min((region.offset for region in frame.regions), default=0)
    offset = frame.arguments
    for region in frame.regions:
        assert region.size > 0
        assert region.offset + region.size == offset
        offset = region.offset
    assert bottom == (-8 if goarch == "arm64" and frame.has_frame else 0)
