from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.preprocess.assembler import assemble
from tests.preprocess.fixture import run
from tests.support import annotate, strip_annotations

HEADERS = {
    "again.h": '#include "again.h"\n',
    "twice.h": '#include "twice.h"\n#include "twice.h"\n',
    "guarded.h": '#ifndef GUARD\n#define GUARD\n#include "guarded.h"\n#endif\n',
    "open.h": "#ifdef NOWHERE\n",
    "bad.h": "#define A 1\n#define A 2\n",
    "call.h": "F(1)\n",
}

# Texts that the assembler accepts.
SILENT = (
    pytest.param("", id="empty"),
    pytest.param("#define A", id="a definition without body ends the file"),
    pytest.param("#define F(a,) a\n", id="a comma ends the parameters"),
    pytest.param("#ifdef A // comment\n#endif /* comment */\n", id="comments after conditions"),
    pytest.param("#ifdef A\n#else\n#else\n#else\n#endif\n", id="several #else"),
    pytest.param("#ifdef A\n#nonsense\n#if 1\n#undef B\n#include <x>\n#endif\n", id="inactive"),
    pytest.param("#ifdef A\n#ifdef B\n#endif\n#else\n#endif\n", id="nested in inactive text"),
    pytest.param("#define A 1\n#ifdef B\n#define A 2\n#endif\n", id="inactive redefinition"),
    pytest.param("#define A 1\n#undef A\n#define A 1\n", id="defined again"),
    pytest.param("#define F(x) x\n#ifdef A\n#undef F\nNOP\n#endif\n", id="inactive #undef"),
    pytest.param('#include "guarded.h"\n', id="a header that includes itself once"),
    pytest.param('#line 10 "a.go"\n', id="#line"),
    pytest.param("// '# \" #\n/* #if */\n", id="in comments"),
    pytest.param("#define E\n" + "E E\n" * 200, id="many empty macros"),
    pytest.param("#define A A\n", id="recursion that nobody calls"),
    pytest.param("// c\n\n//go:build a\n/* d */ //go:build b\n", id="//go:build on top"),
    pytest.param("#ifdef A\n//go:build a\n#endif\n", id="//go:build in inactive text"),
    pytest.param("#define A //go:builder\n// //go:build\n/* //go:build */\n", id="no //go:build"),
    pytest.param("#define A\n//go:build a\n", id="//go:build behind directives only"),
    pytest.param("#define A 1 //go:build a\n", id="//go:build in a definition"),
)


@pytest.mark.parametrize("source", SILENT)
def test_silent(source: str, tmp_path: Path) -> None:
    assert run(source, HEADERS).problems == ()
    assert assemble(tmp_path, source.encode(), files=HEADERS) == ""


# Texts that it rejects, and words it says so with.
SPEAKING = (
    (
        """
        # 1
          ^ expected identifier after '#'
        """,
        "expected identifier after '#'",
    ),
    (
        """
        #
        ^ expected identifier after '#'
        """,
        "expected identifier after '#'",
    ),
    (
        """
        #if 1
         ^^ unexpected token after '#': if
        #endif
        """,
        "unexpected token after '#': if",
    ),
    (
        """
        NOP #define A
            ^ '#' must be first item on line
        """,
        "'#' must be first item on line",
    ),
    (
        """
        #ifdef A
        NOP # comment
            ^ '#' must be first item on line
        #endif
        """,
        "'#' must be first item on line",
    ),
    (
        """
        #define 1
                ^ expected identifier after #define
        """,
        "expected identifier after # directive",
    ),
    (
        """
        #define
         ^^^^^^ expected identifier after #define
        """,
        "expected identifier after # directive",
    ),
    (
        """
        #define A 1
        #define A 1
                ^ redefinition of macro: A
        """,
        "redefinition of macro: A",
    ),
    (
        """
        #define GOARCH_amd64
                ^^^^^^^^^^^^ redefinition of macro: GOARCH_amd64
        """,
        "redefinition of macro: GOARCH_amd64",
    ),
    (
        """
        #define F(1) 2
                  ^ bad definition for macro: F
        """,
        "bad definition for macro: F",
    ),
    (
        """
        #define F(a b) 2
                    ^ bad definition for macro: F
        """,
        "bad syntax in definition for macro: F",
    ),
    (
        """
        #define F(a, \\
                     ^ bad definition for macro: F
          b) 2
        """,
        "bad definition for macro: F",
    ),
    (
        """
        #define F(a, a) a
                     ^ duplicate argument a in definition for macro: F
        """,
        "duplicate argument a in definition for macro: F",
    ),
    (
        """
        #define A \\ 1
                  ^ can only escape \\ or a line end in definition for macro: A
        """,
        "can only escape \\ or \\n in definition for macro: A",
    ),
    (
        """
        #undef A
               ^ #undef for undefined macro: A
        """,
        "#undef for undefined macro: A",
    ),
    (
        """
        #define A
        #undef A B
                 ^ expected newline after #undef
        """,
        "syntax error in #undef for macro: A",
    ),
    (
        """
        #ifdef A B
                 ^ expected newline after #ifdef
        #endif
        """,
        "expected newline after #if[n]def",
    ),
    (
        """
        #ifdef A
        #endif A
               ^ expected newline after #endif
        """,
        "expected newline after #endif",
    ),
    (
        """
        #else
         ^^^^ unmatched #else
        """,
        "unmatched #else",
    ),
    (
        """
        #endif
         ^^^^^ unmatched #endif
        """,
        "unmatched #endif",
    ),
    (
        """
        #ifdef A
         ^^^^^ unclosed #ifdef
        #ifndef B
         ^^^^^^ unclosed #ifndef
        #else
        """,
        "unclosed #ifdef or #ifndef",
    ),
    (
        """
        #ifndef A
        #endid
         ^^^^^ unexpected token after '#': endid
        """,
        "unexpected token after '#': endid",
    ),
    (
        """
        #ifdef
         ^^^^^ expected identifier after #ifdef
        #define A
        #undef A
        """,
        "expected identifier after # directive",
    ),
    (
        """
        #include "no.h"
                 ^^^^^^ #include: no.h was not found
        """,
        "#include: open",
    ),
    (
        """
        #include <no.h>
                 ^ expected string after #include
        """,
        "expected string after #include",
    ),
    (
        """
        #include "no\\.h"
                 ^^^^^^^ the path after #include is not a valid string
        """,
        "unquoting include file name",
    ),
    (
        """
        #include "again.h"
                 ^^^^^^^^^ input recursion
        """,
        "input recursion",
    ),
    (
        """
        #include "twice.h"
                 ^^^^^^^^^ input recursion
        """,
        "input recursion",
    ),
    (
        """
        #include "open.h"
                 ^^^^^^^^ unclosed #ifdef
        """,
        "unclosed #ifdef or #ifndef",
    ),
    (
        """
        #include "bad.h"
                 ^^^^^^^ redefinition of macro: A
        """,
        "redefinition of macro: A",
    ),
    (
        """
        #define F() NOP
        #include "call.h"
                 ^^^^^^^^ wrong arg count for macro F: got 1, want 0
        """,
        "wrong arg count for macro F",
    ),
    (
        """
        // c
        #define A
        //go:build a
        ^^^^^^^^^^^^ misplaced //go:build comment
        """,
        "misplaced //go:build comment",
    ),
    (
        """
        #line "a.go"
              ^^^^^^ expected line number after #line
        """,
        "expected line number after #line",
    ),
    (
        """
        #line 7 a.go
                ^ expected file name in #line
        """,
        "expected file name in #line",
    ),
    (
        """
        #line 7 "a.go" 8
                       ^ expected newline after #line
        """,
        "unexpected token at end of #line",
    ),
    (
        """
        #line 0x7 "a.go"
              ^^^ the number after #line is not a decimal integer
        """,
        "error parsing #line",
    ),
    (
        """
        #define F(a, b) a b
        F(1)
        ^ wrong arg count for macro F: got 1, want 2
        """,
        "wrong arg count for macro F",
    ),
    (
        """
        #define F(a) a
        #define G(a) F(a, a)
        G(1)
        ^^^^ wrong arg count for macro F: got 2, want 1
        """,
        "wrong arg count for macro F",
    ),
    (
        """
        #define F(a) a
        #ifdef A
        #define F(a, b) a
                ^ wrong arg count for macro F: got 2, want 1
        #endif
        """,
        "wrong arg count for macro F",
    ),
    (
        """
        #define F(a) a
        F(1
        ^ unterminated arg list invoking macro: F
        NOP
        """,
        "unterminated arg list invoking macro: F",
    ),
    (
        """
        #define F(a) a
        #ifdef A
        #undef F
        #define F(a) NOP
        ^ '#' must be first item on line
        #endif
        """,
        "'#' must be first item on line",
    ),
    (
        """
        #define A A
        A
        ^ recursive macro invocation
        """,
        "recursive macro invocation",
    ),
    (
        """
        #define A NOP; A
        A
        ^ input recursion
        """,
        "input recursion",
    ),
    (
        """
        #define F(x) F(x)
        F(1)
        ^^^^ recursive macro invocation
        """,
        "recursive macro invocation",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("marked", "said"), SPEAKING)
def test_speaking(marked: str, said: str, tmp_path: Path) -> None:
    source = strip_annotations(dedent(marked).lstrip("\n"))
    problems = run(source, HEADERS).problems
    drawn = annotate(source, [(problem.span, problem.message) for problem in problems])
    assert drawn == dedent(marked).lstrip("\n")
    answer = assemble(tmp_path, source, "-D", "GOARCH_amd64", files=HEADERS)
    assert said in answer


@pytest.mark.parametrize("source", ["#define A 1", "#define A \\", "#define F(a)"])
def test_a_definition_at_the_end_of_the_file(source: str, tmp_path: Path) -> None:
    (problem,) = run(source).problems
    assert problem.message.startswith("missing newline in definition for macro")
    assert "in definition for macro" in assemble(tmp_path, source.encode())


@pytest.mark.parametrize("word", ["#endif", "#else"])
def test_a_condition_at_the_end_of_the_file(word: str, tmp_path: Path) -> None:
    source = f"#ifdef A\n{word}"
    assert run(source).problems[0].message == f"expected newline after {word}"
    assert f"expected newline after {word}" in assemble(tmp_path, source.encode())


@pytest.mark.parametrize(
    "line", ["JMP F", "F:", "F", "MOVQ $F, AX", "TEXT F, 4, $0", "NOP; F; NOP", "CALL F+0(SB)"]
)
def test_a_macro_without_its_arguments(line: str, tmp_path: Path) -> None:
    source = f"#define F(x) x\nTEXT ·f(SB), 4, $0-0\n\t{line}\n\tRET\n"
    (problem,) = run(source).problems
    assert problem.message == "macro F needs its arguments"
    assert source.encode()[problem.span.start : problem.span.end] == b"F"
    assert assemble(tmp_path, source.encode())


def test_a_hundred_macros_in_inactive_text(tmp_path: Path) -> None:
    lines = "MOVQ $N, AX\n" * 100
    source = f"#define N 1\n#ifdef A\n{lines}#endif\n"
    assert [problem.message for problem in run(source).problems] == ["recursive macro invocation"]
    assert "recursive macro invocation" in assemble(tmp_path, source.encode())


def test_problems_in_headers_say_where() -> None:
    (problem,) = run('#include "bad.h"\n', HEADERS).problems
    assert problem.inner is not None
    path, span = problem.inner
    assert path == "/p/bad.h"
    assert HEADERS["bad.h"][span.start - 8 : span.end] == "#define A"
