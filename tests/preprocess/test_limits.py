"""Texts that are large, broken or hostile: an answer in bounded time, never an exception."""

from __future__ import annotations

import pytest

from go_asm_lsp.preprocess.expansion import MAX_EXPANSION
from tests.preprocess.fixture import expanded, run
from tests.preprocess.test_source_map import assert_true


def doubling(levels: int) -> str:
    """Writes macros of which each names the next twice, the last a word."""
    lines = [f"#define D{level} D{level + 1} D{level + 1}\n" for level in range(levels)]
    return "".join(lines) + f"#define D{levels} NOP;\n"


def test_macros_that_double_each_other() -> None:
    result = run(doubling(60) + "D0\nRET\n")
    assert [problem.message for problem in result.problems] == [
        "the macros of this file expand to too much text"
    ]
    text = expanded(result)
    assert len(text) < 20 * MAX_EXPANSION
    assert text.endswith("\nRET\n")


def test_arguments_that_double_each_other() -> None:
    calls = "D(" * 22 + "x" + ")" * 22
    result = run(f"#define D(x) x x\n{calls}\nRET\n")
    assert result.problems
    assert expanded(result).endswith("\nRET\n")


def test_the_limit_is_one_for_the_file() -> None:
    functions = "".join(f"TEXT ·f{n}(SB), 4, $0\nD0\n" for n in range(40))
    result = run(doubling(17) + functions)
    assert len(expanded(result)) < 20 * MAX_EXPANSION
    assert {problem.message for problem in result.problems} == {
        "the macros of this file expand to too much text"
    }


def test_real_amounts_are_no_problem() -> None:
    body = " \\\n".join(f"\tADDQ ${number}, x;" for number in range(100))
    result = run(f"#define F(x) {body}\n" + "\tF(AX)\n" * 1200)
    assert result.problems == ()


def test_headers_that_include_each_other() -> None:
    names = [f"h{number}.h" for number in range(40)]
    headers = {
        name: f'#include "{following}"\n' * 2
        for name, following in zip(names, [*names[1:], "end.h"], strict=True)
    }
    result = run('#include "h0.h"\nRET\n', {**headers, "end.h": "NOP\n"})
    assert {problem.message for problem in result.problems} == {"too many #include"}


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(
            b"\tMOVQ AX, BX // a comment as they stand behind many a line\n" * 330_000, id="20 MB"
        ),
        pytest.param(b"QUAD $1; " * 3_700 + b"\n", id="a line of 33 kB"),
        pytest.param(b"1 " * 1_000_000, id="nothing but numbers"),
        pytest.param(b"/**/" * 100_000, id="nothing but comments"),
        pytest.param(b"/*" + b"*" * 1_000_000, id="a comment without end"),
        pytest.param(b"/*\n" + b"TEXT f(SB), 4, $0\n" * 20_000, id="functions in a comment"),
        pytest.param(b'"' * 100_001, id="quotes"),
        pytest.param(b"\\\n" * 100_000, id="continuations"),
        pytest.param(b"#ifdef A\n" * 20_000, id="conditions"),
        pytest.param(b"#" * 100_000, id="marks"),
        pytest.param(b"(" * 100_000, id="parentheses"),
        pytest.param(b"#define F(x) x\nF(" + b"(" * 100_000 + b"\n", id="a call without end"),
        pytest.param(b"#define F(x) x\n" + b"F(" * 50_000 + b"\n", id="calls in calls"),
        pytest.param(b"#define A \\\n" + b"TEXT f(SB), 4, $0 \\\n" * 5_000, id="one definition"),
        pytest.param(b"#define A x \\ // c\n" + b"TEXT f(SB) \\ // c\n" * 3_000, id="continued"),
        pytest.param("é".encode() * 300_000, id="one long word"),
        pytest.param(b"\xff" * 300_000, id="not UTF-8"),
        pytest.param(b"\0" * 300_000, id="NUL"),
        pytest.param(b"\r" * 300_000, id="carriage returns"),
        pytest.param(b"TEXT\n" * 20_000, id="TEXT"),
    ],
)
def test_large_texts(source: bytes) -> None:
    result = run(source)
    assert_true(source, result)


@pytest.mark.parametrize(
    "source",
    [b"\\", b"#", b"#define", b"#define F(", b"#define F(a", b"#include", b"/", b"/*", b"//",
     b'"', b"'", b'"\\', b"#define A(x) x\nA", b"#define A(x) x\nA(", b"#ifdef", b"#line 1 \"",
     b"\xef\xbb\xbf", b"\xef\xbb", b"#define \xff 1\n\xff\n", b"#define A \xff\nA\n", b"#\\\n",
     b"#define A A\n#ifdef A\nA\n#undef A\nA\n#endif A", b"\n" * 3 + b"TEXT"],
)  # fmt: skip
@pytest.mark.parametrize("before", [b"", b"#ifdef A\n", b"TEXT f(SB), 4, $0\n"])
@pytest.mark.parametrize("after", [b"", b"\n", b"\r\nTEXT g(SB), 4, $0\n"])
def test_broken_texts(source: bytes, before: bytes, after: bytes) -> None:
    text = before + source + after
    assert_true(text, run(text))
