from __future__ import annotations

import pytest

from go_asm_lsp.preprocess.header import read_header
from tests.preprocess.fixture import expanded, run

# Something a header of definitions only does not have, without effect.
OTHER = "#ifdef NOWHERE\n#endif\n"


@pytest.mark.parametrize(
    "header",
    [
        "",
        "// only a comment\n\n\t\r\n",
        "#define A 1\n#define B A\n",
        "#define\tA \t -1 // comment\r\n",
        "#define A\n#define B\t\n",
        "#define A (x) x\n",
        '#define A "a//b/*c"\n#define B \'"\'\n',
        "#define A ·x∕y\n",
        "#define A a+b -c\n",
    ],
)
def test_definitions_only(header: str) -> None:
    """The short way and the long way answer the same."""
    assert read_header("/p/x.h", header.encode()) is not None
    use = '#include "x.h"\nA B\n#undef A\n'
    short = run(use, {"x.h": header})
    long = run(use, {"x.h": header + OTHER})
    assert short.definitions == long.definitions
    assert short.problems == long.problems
    assert short.uses == long.uses
    assert expanded(short) == expanded(long)


@pytest.mark.parametrize(
    "header",
    [
        "#define A 1",
        "#define A 1\n#define A 1\n",
        "#define A(x) x\n",
        "#define A \\\n1\n",
        "#define A /*\n*/ 1\n",
        "#define A \"1\n#define B 2\n",
        "#ifdef A\n#endif\n",
        '#include "y.h"\n',
        "NOP\n",
        "/* a comment */\n",
        "#undef A\n",
        " #define A 1\n",
        "#define 1\n",
        "#define",
    ],
)  # fmt: skip
def test_other_headers_go_the_long_way(header: str) -> None:
    assert read_header("/p/x.h", header.encode()) is None


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("#define A 2\n#include \"x.h\"\n", "redefinition of macro: A"),
        ("#include \"x.h\"\n#include \"x.h\"\n", "redefinition of macro: A"),
        ("#include \"x.h\"\n#define A 2\n", "redefinition of macro: A"),
    ],
)  # fmt: skip
def test_redefinitions(source: str, message: str) -> None:
    assert [problem.message for problem in run(source, {"x.h": "#define A 1\n"}).problems] == [
        message
    ]


def test_defined_again_after_undef() -> None:
    result = run('#define A 2\n#undef A\n#include "x.h"\nA\n', {"x.h": "#define A 1\n"})
    assert result.problems == ()
    assert expanded(result) == "1\n"
    assert [macro.path for macro in result.definitions] == ["/p/a.s", "/p/x.h"]
