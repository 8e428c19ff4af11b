"""Reads lines the grammar cannot take, as far as they can be read, and says what is wrong.

A line is split the way the assembler splits it (cmd/asm, parse.go: line): labels, a word
with suffixes, operands between commas outside parentheses. Each operand that is sound on
its own is read as usual; the first that is not gives the problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from go_asm_lsp.syntax.nodes import Instruction, Label, Statement, SyntaxProblem
from go_asm_lsp.syntax.operands import place_operand, read_operand
from go_asm_lsp.syntax.pseudo import (
    OPERAND_RULES,
    check_operands,
    read_data,
    read_globl,
    read_text,
)
from go_asm_lsp.syntax.tokens import Token, describe, problem_of_operand
from go_asm_lsp.text import Span


def read_line(
    tokens: Iterable[Token], text: bytes, found: list[Statement], problems: list[SyntaxProblem]
) -> None:
    """Reads the statements of one line, given without its comments."""
    statement: list[Token] = []
    for token in tokens:
        if token.written == ";":
            _read_statement(statement, text, found, problems)
            statement = []
        else:
            statement.append(token)
    _read_statement(statement, text, found, problems)


def _read_statement(
    tokens: Sequence[Token], text: bytes, found: list[Statement], problems: list[SyntaxProblem]
) -> None:
    if tokens and tokens[0].written == "#":
        return
    while len(tokens) > 1 and tokens[0].is_word and tokens[1].written == ":":
        found.append(Label(tokens[0].span, tokens[0].written))
        tokens = tokens[2:]
    if not tokens:
        return
    word = tokens[0]
    if not word.is_word:
        message = f"expected an instruction, a label or a directive, found {describe(word)}"
        problems.append(SyntaxProblem(word.span, message))
        return
    rest = tokens[1:]
    suffixes: list[str] = []
    while len(rest) > 1 and rest[0].written == "." and rest[1].is_word:
        suffixes.append(rest[1].written)
        rest = rest[2:]
    if rest and rest[0].written == ".":
        problems.append(SyntaxProblem(rest[0].span, "a suffix must follow the `.`"))
        rest = rest[1:]
    operands = _split_operands(rest, problems)
    match word.written:
        case "TEXT":
            places = _places(operands, text, problems, last_is_frame=True)
            found.append(read_text(word.span, places, text, problems))
        case "GLOBL":
            places = _places(operands, text, problems)
            found.append(read_globl(word.span, places, text, problems))
        case "DATA":
            width = _take_width(operands)
            places = _places(operands, text, problems)
            found.append(read_data(word.span, places, width, text, problems))
        case _:
            found.append(_instruction(word, suffixes, operands, text, problems))


def _instruction(
    word: Token,
    suffixes: Sequence[str],
    operands: Sequence[Sequence[Token]],
    text: bytes,
    problems: list[SyntaxProblem],
) -> Instruction:
    places = _places(operands, text, problems)
    instruction = Instruction(
        Span(word.start, places[-1].end if places else word.end),
        word.written,
        word.span,
        tuple(suffixes),
        tuple(place_operand(text[p.start : p.end], p.start, problems) for p in places),
    )
    if word.written in OPERAND_RULES:
        check_operands(instruction, problems)
    return instruction


def _split_operands(tokens: Sequence[Token], problems: list[SyntaxProblem]) -> list[list[Token]]:
    """Splits at commas outside parentheses; `:` separates the registers of an old pair."""
    operands: list[list[Token]] = []
    current: list[Token] = []
    nesting = 0
    for token in tokens:
        if nesting == 0 and token.written in (",", ":"):
            if not current:
                problems.append(SyntaxProblem(token.span, "missing operand"))
            operands.append(current)
            current = []
            continue
        current.append(token)
        if token.written in ("(", "["):
            nesting += 1
        elif token.written in (")", "]"):
            nesting -= 1
    if current:
        operands.append(current)
    elif operands:
        problems.append(SyntaxProblem(tokens[-1].span, "missing operand"))
    return [operand for operand in operands if operand]


def _take_width(operands: list[list[Token]]) -> Span | None:
    """Takes `/8` off the first operand of a DATA line."""
    if not operands or len(operands[0]) < 3 or operands[0][-2].written != "/":
        return None
    width = operands[0][-1].span
    del operands[0][-2:]
    return width


def _places(
    operands: Sequence[Sequence[Token]],
    text: bytes,
    problems: list[SyntaxProblem],
    *,
    last_is_frame: bool = False,
) -> list[Span]:
    """Answers where each operand stands and reports those that are none."""
    places = [Span(operand[0].start, operand[-1].end) for operand in operands]
    for index, (operand, place) in enumerate(zip(operands, places, strict=True)):
        if last_is_frame and index > 0 and operand[0].written == "$":
            continue
        if read_operand(text[place.start : place.end]).operand is None:
            problems.append(problem_of_operand(operand))
    return places
