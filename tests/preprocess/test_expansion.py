from __future__ import annotations

import itertools
import re
from textwrap import dedent

import pytest

from tests.preprocess.fixture import expanded, run


def check(source: str, expected: str) -> None:
    """Compares expansions line by line, blanks at the ends of lines and empty lines aside."""
    result = run(dedent(source))
    assert not result.problems
    assert _lines(expanded(result)) == _lines(dedent(expected))


def _lines(text: str) -> list[str]:
    return [line for line in (line.strip() for line in text.splitlines()) if line]


@pytest.mark.parametrize(
    "source",
    [
        "",
        "\n",
        "TEXT ·f(SB), 4, $0-0\n\tRET\n",
        "TEXT ·f(SB), 4, $0-0\r\n\tRET\r\n",
        "// no line end",
        "/* not closed\nTEXT ·f(SB), 4, $0\n",
        'DATA s<>+0(SB)/8, $"GOARCH_amd64 // not a comment"\n',
        "// GOARCH_amd64\n/* GOARCH_amd64 */\n",
        "MOVQ $'\\'', AX // '\n",
        "GOARCH_amd64x xGOARCH_amd64 ·GOARCH_amd64 GOARCH_amd64·x\n",
        "\x00 \x7f\n",
    ],
)
def test_text_without_macros_stays_as_it_is(source: str) -> None:
    assert expanded(run(source)) == source


def test_bytes_that_are_not_utf8_stay_as_they_are() -> None:
    assert expanded(run(b"// \xff\n\tMOVQ \x80, AX\n")) == "// \udcff\n\tMOVQ \udc80, AX\n"


def test_byte_order_mark_is_no_text() -> None:
    assert expanded(run(b"\xef\xbb\xbf#define A 1\nA\n")) == "1\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("#define A 1\nA\n", "1\n", id="without parameters"),
        pytest.param("#define A\nRET A\n", "RET\n", id="empty body"),
        pytest.param("# define A 1\n  #\tdefine B A\nB\n", "1\n", id="blanks around #"),
        pytest.param("/* c */ #define A 1 /* d\n*/ 2 // e\nA\n", "/* c */1 2\n", id="comments"),
        pytest.param("#define F(x) x, x\nF(AX)\n", "AX, AX\n", id="a parameter"),
        pytest.param("#define F(x, y) y-x\nF(1,2)\n", "2-1\n", id="two parameters"),
        pytest.param("#define F( x , ) $x\nF(1)\n", "$1\n", id="a comma at the end of the list"),
        pytest.param("#define F() NOP\nF()\nF( )\n", "NOP\nNOP\n", id="an empty list"),
        pytest.param("#define F (x) x\nF\n", "(x) x\n", id="a blank in front of the list"),
        pytest.param("#define F/**/(x) x\nF\n", "(x) x\n", id="a comment in front of the list"),
        pytest.param("#define F(x) x\nF /* c */ (AX)\n", "AX\n", id="blanks in front of a call"),
        pytest.param("#define F(x) x\nF((1,(2)))\n", "(1,(2))\n", id="nested parentheses"),
        pytest.param("#define F(x) [x]\nF([1)\n", "[[1]\n", id="brackets do not nest"),
        pytest.param("#define F(x) x\nF(MOVQ $1 AX)\n", "MOVQ $1 AX\n", id="a whole instruction"),
        pytest.param("#define F(x) JMP x; x:\nF(loop)\n", "JMP loop; loop:\n", id="a label"),
        pytest.param("#define F(x) MOVQ x, y\nF()\n", "MOVQ x, y\n", id="an empty argument"),
        pytest.param("#define A B\n#define B 2\nA\n", "2\n", id="to a macro defined later"),
        pytest.param("#define G F\n#define F(x) <x>\nG(1)\n", "<1>\n", id="to a macro's name"),
        pytest.param(
            "#define F(x) x+1\n#define G(x) F(F(x))\nG(R1)\n", "R1+1+1\n", id="macro in macro"
        ),
        pytest.param("#define F(m, x) m(x)\n#define L(x) -x\nF(L, 1)\n", "-1\n", id="macro passed"),
        pytest.param("#define ADD SUB\nADD AX, BX\n", "SUB AX, BX\n", id="a mnemonic's name"),
        pytest.param("#define AX R3\nMOVD AX, R4\n", "MOVD R3, R4\n", id="a register's name"),
        pytest.param("#define a R1\nMOVM [a,R4-a]\n", "MOVM [R1,R4-R1]\n", id="register list"),
        pytest.param("#define V V1\nADD V.B16, V.D[0]\n", "ADD V1.B16, V1.D[0]\n", id="suffix"),
        pytest.param("#define A 1\n#undef A\nA\n", "A\n", id="undefined"),
        pytest.param("#define A 1\n#undef A\n#define A 2\nA\n", "2\n", id="defined again"),
        pytest.param("#define A #define B 7\nA\nB\n", "7\n", id="a definition in a body"),
        pytest.param("#define A·b 1\nA·b A.b\n", "1 A.b\n", id="a middle dot in the name"),
        pytest.param("#define A x \\\\\nA\n", "x\\\n", id="an escaped backslash"),
        pytest.param("#define é 1\né éa\n", "1 éa\n", id="a letter outside ASCII"),
        pytest.param("#define é 1\n«é»\n", "« 1 »\n", id="between signs outside ASCII"),
        pytest.param("#define A 1\n\u00a0A\n", "\u00a01\n", id="after a no-break space"),
        pytest.param("#line 7 \"x.y\"\nRET\n", "RET\n", id="#line"),
        pytest.param("2A 0xA .5A 1eA\n#define A 9\n2A 0xA .5A 1eA\n",
                     "2A 0xA .5A 1eA\n2 9 0xA .5 9 1e 9\n", id="after numbers"),
        pytest.param("GOARCH_amd64\n", "1\n", id="predefined"),
    ],
)  # fmt: skip
def test_macros(source: str, expected: str) -> None:
    check(source, expected)


@pytest.mark.parametrize(
    "join",
    ["\\\n", " \\\n", "\\ \n", "\t\\\t\n", " \\ // c\n", " /* c */ \\ /* d */\n", " \\\r\n"],
)
def test_continuations_become_lines(join: str) -> None:
    source = f"#define F(x){join}\tNOP{join}LABEL:;{join}; ADDQ x, x; RET\nF(AX)\n"
    check(source, "NOP\nLABEL:;\n; ADDQ AX, AX; RET\n")


def test_a_line_comment_takes_the_continuation() -> None:
    check("#define A NOP // \\\n\tRET\nA\n", "RET\nNOP\n")


def test_tokens_do_not_run_together() -> None:
    result = expanded(run("#define A 1\n#define S -\n2A A.b A->S> S>\n"))
    assert result.split() == ["2", "1", "1", ".b", "1->-", ">", "-", ">"]


def test_a_body_may_hold_whole_functions() -> None:
    result = run(
        dedent("""
        #define FUNC(name, size) \\
        TEXT name(SB), 4, $size; \\
            RET
        FUNC(·f, 0)
        FUNC(·g, 8)
        """)
    )
    assert [block.text.split()[:2] for block in result.blocks[1:]] == [
        [b"TEXT", "·f(SB),".encode()],
        [b"TEXT", "·g(SB),".encode()],
    ]


def test_conditions_in_a_body() -> None:
    # As in runtime/asm_ppc64x.s.
    check(
        """
        #define F \\
        #ifdef X \\
            NOP \\
        #else \\
            RET \\
        #endif
        F
        #define X
        F
        """,
        "RET\nNOP",
    )


def test_deep_but_finite_nesting() -> None:
    names = [f"A{number}" for number in range(90)]
    definitions = "".join(f"#define {a} {b} ;\n" for a, b in itertools.pairwise(names))
    assert expanded(run(f"{definitions}A0\n")).count(";") == 89


def test_many_macros_without_text() -> None:
    check("#define A\n" + "A A\n" * 300, "")


@pytest.mark.parametrize(
    "source",
    [
        "TEXT ·f(SB), 4, $0\nRET\nTEXT ·g(SB), 4, $0\nRET\n",
        "  TEXT ·f(SB), 4, $0; RET; TEXT ·g(SB), 4, $0; RET",
        "a: TEXT ·f(SB), 4, $0\nb: c: /* d */ TEXT ·g(SB), 4, $0\n",
        "/* TEXT*/ TEXT ·f(SB), 4, $TEXT\n// TEXT\nTEXT ·g(SB), 4, $0\n",
        "#define T TEXT\nT ·f(SB), 4, $0\nT ·g(SB), 4, $0\n",
        "#define T RET; TEXT ·f(SB), 4, $0; TEXT ·g(SB), 4, $0\nT\n",
        "/*\nTEXT ·x(SB)\n*/\nTEXT ·f(SB), 4, $0\n/* */\nTEXT ·g(SB), 4, $0\n",
        '#ifdef X\nTEXT ·x(SB), 4, $0\n#endif\nTEXT ·f(SB), 4, $0\nTEXT ·g(SB), 4, $"\\"; TEXT"\n',
    ],
)
def test_blocks_begin_at_text(source: str) -> None:
    blocks = run(source).blocks
    heads = [re.search(rb"TEXT [^\w]*(\w)", block.text) for block in blocks[1:]]
    assert [head and head[1] for head in heads] == [b"f", b"g"]
    assert b"TEXT \xc2" not in blocks[0].text.partition(b"*/")[2]


def test_a_file_without_text_is_one_block() -> None:
    assert [block.text for block in run("GLOBL x(SB), $8\n").blocks] == [b"GLOBL x(SB), $8\n"]
