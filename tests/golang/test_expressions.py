from __future__ import annotations

import pytest

from go_asm_lsp.golang.expressions import (
    NEVER,
    Expression,
    is_go_build,
    parse_expression,
    parse_go_build,
    parse_plus_build,
)

_SET = frozenset(("linux", "amd64", "go1.20", "a_b", "ünï", "386"))


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("linux", True),
        ("windows", False),
        ("!windows", True),
        ("! windows", True),
        ("linux && amd64", True),
        ("linux&&windows", False),
        ("windows || amd64", True),
        ("!(linux && windows)", True),
        ("!linux || amd64 && 386", True),
        ("(!linux || amd64) && windows", False),
        ("windows && windows || linux", True),
        ("linux || windows && windows", True),
        ("linux && !(windows || !amd64)", True),
        ("((((linux))))", True),
        ("go1.20 && a_b && ünï && 386", True),
    ],
)
def test_precedence_is_not_then_and_then_or(text: str, holds: bool) -> None:
    expression = parse_expression(text)
    assert expression
    assert expression.holds(_SET) is holds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "linux amd64",
        "linux,amd64",
        "linux &&",
        "&& linux",
        "linux & amd64",
        "linux &&& amd64",
        "linux | amd64",
        "!!linux",
        "! !linux",
        "!",
        "()",
        "(linux",
        "linux)",
        "linux (amd64)",
        "linux !amd64",
        "a-b",
        "linux\vx",
        "²",
        "\udcff",
    ],
)
def test_malformed(text: str) -> None:
    assert parse_expression(text) is None
    assert parse_go_build(f"//go:build {text}") == NEVER


def test_deep_nesting_ends() -> None:
    assert parse_expression("(" * 999 + "linux" + ")" * 999) == Expression(("linux",))
    # Go stops at a thousand operands, parentheses counted.
    assert parse_expression("(" * 1000 + "linux" + ")" * 1000) is None
    assert parse_expression("(" * 100_000) is None
    assert parse_expression("!(" * 400 + "linux" + ")" * 400)
    assert parse_expression(" && ".join(["linux"] * 1000))
    assert parse_expression(" && ".join(["linux"] * 1001)) is None


def test_never_never_holds() -> None:
    assert not NEVER.holds(frozenset())
    assert not NEVER.holds(frozenset(("ignore",)))


def test_tags_are_all_that_is_asked_for() -> None:
    expression = parse_expression("!(linux && !amd64) || go1.20")
    assert expression
    assert expression.tags() == {"linux", "amd64", "go1.20"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("//go:build", True),
        ("//go:build linux", True),
        ("//go:build\tlinux", True),
        ("//go:buildlinux", False),
        ("// go:build linux", False),
    ],
)
def test_is_go_build(line: str, expected: bool) -> None:
    assert is_go_build(line) is expected


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("// +build linux", True),
        ("//+build linux", True),
        ("//\t+build\tlinux", True),
        ("// +build windows linux", True),
        ("// +build windows,linux", False),
        ("// +build windows linux,amd64", True),
        ("// +build !linux amd64", True),
        ("// +build !linux,amd64", False),
        pytest.param("// +build", False, id="nothing means ignore"),
        pytest.param("// +build !!windows", False, id="double negation means ignore"),
        pytest.param("// +build !a-b", True, id="no tag means ignore"),
        pytest.param("// +build a,,b", False, id="an empty word means ignore"),
    ],
)
def test_plus_build(line: str, holds: bool) -> None:
    expression = parse_plus_build(line)
    assert expression
    assert expression.holds(_SET) is holds


@pytest.mark.parametrize(
    "line",
    [
        "// build linux",
        "// +buildlinux",
        "+build linux",
        pytest.param("// +build " + "linux " * 102, id="more than 100 operators"),
    ],
)
def test_no_plus_build(line: str) -> None:
    assert parse_plus_build(line) is None
