"""What the build expressions of //go:build and // +build lines say.

Where they may stand in a file is the business of `constraints`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Go trims Unicode's blanks; Python's own idea of them has the four separators 1C to 1F more.
BLANKS = " \t\n\v\f\r\x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B)))
BLANKS += "\u2028\u2029\u202f\u205f\u3000"
_BLANK_RUN = re.compile(f"[{BLANKS}]+")
_TOKEN = re.compile(r"[ \t]*(?:(?P<symbol>\(|\)|!|&&|\|\|)|(?P<tag>[\w.]+)|$)")
_MAX_OPERANDS = 1000
_MAX_OLD_OPERATORS = 100


@dataclass(frozen=True, slots=True)
class Expression:
    """A build expression in postfix order: tags and the operators `!`, `&&` and `||`."""

    postfix: tuple[str, ...]

    def holds(self, tags: frozenset[str]) -> bool:
        stack: list[bool] = []
        for word in self.postfix:
            match word:
                case "!":
                    stack.append(not stack.pop())
                case "&&":
                    right = stack.pop()
                    stack.append(stack.pop() and right)
                case "||":
                    right = stack.pop()
                    stack.append(stack.pop() or right)
                case _:
                    stack.append(word in tags)
        return stack.pop()

    def tags(self) -> frozenset[str]:
        """Answers every tag the expression asks for."""
        return frozenset(self.postfix) - {"!", "&&", "||"}


NEVER = Expression(("ignore", "ignore", "!", "&&"))


def is_go_build(line: str) -> bool:
    return _argument(line, "//go:build") is not None


def parse_go_build(line: str) -> Expression:
    """Reads a `//go:build` line; what is malformed never holds."""
    text = _argument(line, "//go:build")
    return parse_expression(text) or NEVER if text is not None else NEVER


def parse_expression(text: str) -> Expression | None:
    """Reads tags joined by `!`, `&&`, `||` and parentheses; None when malformed.

    A stack of operators instead of recursion: any depth ends well.
    """
    output: list[str] = []
    operators: list[str] = []
    wants_operand = True
    operands = 0
    for symbol, tag in _tokens(text):
        match symbol:
            case "!" | "(" if wants_operand:
                if symbol == "!" and operators[-1:] == ["!"]:
                    return None
                operands += symbol == "("
                operators.append(symbol)
            case "" if tag and wants_operand:
                operands += 1
                output.append(tag)
                _reduce(output, operators, ("!",))
                wants_operand = False
            case ")" if not wants_operand:
                _reduce(output, operators, ("!", "&&", "||"))
                if not operators:
                    return None
                operators.pop()
                _reduce(output, operators, ("!",))
            case "&&" | "||" if not wants_operand:
                _reduce(output, operators, ("!", "&&") if symbol == "&&" else ("!", "&&", "||"))
                operators.append(symbol)
                wants_operand = True
            case _:
                return None
    _reduce(output, operators, ("!", "&&", "||"))
    if wants_operand or operators or operands > _MAX_OPERANDS:
        return None
    return Expression(tuple(output))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Yields (symbol, tag) pairs of which one is empty; both are for a malformed place."""
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if not token:
            yield "", ""
            return
        position = token.end()
        symbol, tag = token["symbol"] or "", token["tag"] or ""
        if not symbol and not tag:
            return
        yield symbol, tag if _is_tag(tag) else ""


def _is_tag(word: str) -> bool:
    return all(c.isalpha() or c.isdecimal() or c in "_." for c in word) and bool(word)


def _reduce(output: list[str], operators: list[str], binding: tuple[str, ...]) -> None:
    while operators and operators[-1] in binding:
        output.append(operators.pop())


def parse_plus_build(line: str) -> Expression | None:
    """Reads a `// +build` line: blanks are or, commas are and. None when it is none.

    What is no tag counts as the tag `ignore`.
    """
    if not line.startswith("//"):
        return None
    text = _argument(line[2:].strip(BLANKS), "+build")
    if text is None:
        return None
    output: list[str] = []
    operators = 0
    clauses = [clause for clause in _BLANK_RUN.split(text) if clause]
    for nth_clause, clause in enumerate(clauses):
        for nth_literal, literal in enumerate(clause.split(",")):
            is_malformed = literal == "!" or literal.startswith("!!")
            tag = literal.removeprefix("!")
            output.append(tag if _is_tag(tag) and not is_malformed else "ignore")
            if literal.startswith("!") and not is_malformed:
                output.append("!")
            if nth_literal:
                output.append("&&")
                operators += 1
        if nth_clause:
            output.append("||")
            operators += 1
    # The go command ignores a line that it finds too complex.
    return Expression(tuple(output or ("ignore",))) if operators <= _MAX_OLD_OPERATORS else None


def _argument(line: str, directive: str) -> str | None:
    """Answers what follows a directive and a blank; None when the line is another one."""
    if not line.startswith(directive):
        return None
    rest = line[len(directive) :]
    argument = rest.strip(BLANKS)
    return argument if not rest or len(argument) < len(rest) else None
