"""Random programs made of macros and directives: the assembler says what they expand to."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from tests.preprocess.assembler import assemble
from tests.preprocess.fixture import expanded, run

NAMES = ("A", "B", "C")
FUNCTIONS = {"F": ("x",), "G": ("x", "y"), "H": ()}
_LISTED = re.compile(r"^\d+ \d+ \([^)]*\)\t(.*)$", re.M)


def _statement(chooser: random.Random, values: list[str]) -> str:
    """Writes an instruction, or a macro that may be one, be several or be nothing."""
    value = chooser.choice(values)
    call = chooser.choice(list(FUNCTIONS))
    arguments = ", ".join(chooser.choice(values) for _ in FUNCTIONS[call])
    return chooser.choice(
        (
            f"MOVQ ${value}, AX",
            f"ADDQ $({value} + 1), BX /* c */",
            f"{call}({arguments})",
            f"{call} ( {arguments} ) ; NOP",
            chooser.choice(NAMES),
            "NOP // A F(1)",
        )
    )


def _line(chooser: random.Random) -> str:
    name = chooser.choice((*NAMES, "N"))
    values = ["1", "N", "(2)"]
    kind = chooser.random()
    if kind < 0.1:
        body = chooser.choice((" \\\n", "; \\ // c\n")).join(
            _statement(chooser, values) for _ in range(chooser.randrange(1, 3))
        )
        return f"#ifndef {name}\n#define {name} {7 if name == 'N' else body}\n#endif"
    if kind < 0.25:
        function = chooser.choice(list(FUNCTIONS))
        parameters = FUNCTIONS[function]
        body = "; \\\n\t".join(_statement(chooser, [*values, *parameters]) for _ in range(2))
        header = f"{function}({', '.join(parameters)})"
        return f"#ifdef {function}\n#undef {function}\n#endif\n#define {header} {body}"
    if kind < 0.3:
        return f"#undef {name}"
    if kind < 0.4:
        inner = _statement(chooser, values)
        return f"#ifdef {name}\n\t{inner}\n#else\n\tNOP\n#endif // {name}"
    return "\t" + _statement(chooser, values)


def _program(seed: int) -> str:
    chooser = random.Random(seed)
    lines = ["#define N 3", "#define A NOP", "#define F(x) MOVQ $x, CX"]
    lines += [_line(chooser) for _ in range(chooser.randrange(3, 15))]
    lines.insert(3, "TEXT ·f(SB), 4, $0")
    return "\n".join([*lines, "\tRET", ""])


@pytest.mark.oracle
@pytest.mark.parametrize("seed", range(60))
def test_the_assembler_reads_the_same(seed: int, tmp_path: Path) -> None:
    source = _program(seed)
    result = run(source)
    said = assemble(tmp_path, source.encode(), "-debug")
    rejected = re.search(r"a\.s:\d+: .*(macro|recursion|newline|identifier|#)", said)
    assert bool(result.problems) <= bool(rejected), f"{source}\n{said}"
    if "macro" in said or "recursion" in said or "#" in said:
        assert result.problems, f"{source}\n{said}"
    if not result.problems:
        again = assemble(tmp_path, expanded(result).encode(), "-debug")
        assert _LISTED.findall(again) == _LISTED.findall(said), source


def test_both_kinds_of_programs_are_made() -> None:
    problems = [bool(run(_program(seed)).problems) for seed in range(60)]
    assert 5 < sum(problems) < 55
