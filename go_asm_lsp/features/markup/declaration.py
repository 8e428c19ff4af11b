"""How declarations look: Go's, the preprocessor's, flags, numbers and the language's own words."""

from __future__ import annotations

from go_asm_lsp.features.markup.document import (
    Block,
    Code,
    CodeBlock,
    Inline,
    Items,
    Link,
    Paragraph,
    Plain,
    from_doc_comment,
    paragraph,
)
from go_asm_lsp.golang.model import GoDeclaration, Prototype
from go_asm_lsp.preprocess.model import Macro, MacroUse
from go_asm_lsp.semantics.text_flags import Flag, flags_in
from go_asm_lsp.semantics.vocabulary import Word

# Longer texts are cut: an expansion or a table of constants may have megabytes.
_LONGEST_TEXT = 1500


def go_blocks(declared: Prototype | GoDeclaration, doc: str | None = None) -> list[Block]:
    """Shows a Go declaration with its doc comment."""
    source = declared.signature if isinstance(declared, Prototype) else declared.source
    return [
        CodeBlock("go", _cut(source)),
        *from_doc_comment(_cut(declared.doc if doc is None else doc)),
    ]


def assembly_block(text: str) -> CodeBlock:
    return CodeBlock("goasm", _cut(text))


def flag_items(value: int) -> Items | None:
    """Spells out the flags that a number holds."""
    flags, rest = flags_in(value)
    items: list[tuple[Inline, ...]] = [flag_item(flag) for flag in flags]
    if rest:
        items.append((Code(str(rest)), Plain(": no flag of textflag.h")))
    return Items(tuple(items)) if items else None


def flag_item(flag: Flag) -> tuple[Inline, ...]:
    return Code(flag.name), Plain(f" ({flag.value}): {flag.meaning}")


def macro_blocks(macro: Macro, use: MacroUse | None, call: str, line: int) -> list[Block]:
    """Shows a macro's definition, where it is, and what one use of it becomes."""
    parameters = "" if macro.parameters is None else f"({', '.join(macro.parameters)})"
    body = macro.body.strip("\r\n")
    blocks: list[Block] = [assembly_block(f"#define {macro.name}{parameters} {body.lstrip(' ')}")]
    if macro.path:
        name = macro.path.rpartition("/")[2]
        blocks.append(paragraph("Defined in ", Link(f"{name}:{line}", macro.path, line), "."))
    else:
        blocks.append(paragraph("Defined by the go command for this architecture and system."))
    if use and use.expansion.strip() and use.expansion.strip() != body.strip():
        blocks.append(paragraph(Code(_first_line(call)), " becomes"))
        blocks.append(assembly_block(expanded_lines(use.expansion)))
    return blocks


def expanded_lines(expansion: str) -> str:
    """Puts each instruction of an expansion on a line of its own."""
    lines = [line.strip() for line in expansion.replace(";", "\n").splitlines()]
    return "\n".join(line for line in lines if line)


def word_blocks(word: Word) -> list[Block]:
    return [assembly_block(word.usage), paragraph(word.meaning)]


def number_items(value: int, written: str) -> list[Block]:
    """Shows a number in the notations that matter in assembly."""
    if not -(1 << 64) < value < 1 << 64:
        return []
    unsigned = value & ((1 << 64) - 1)
    signed = unsigned - (1 << 64) if unsigned >> 63 else unsigned
    items: list[tuple[Inline, ...]] = [(Plain("decimal "), Code(str(signed)))]
    if signed < 0:
        items.append((Plain("unsigned, 64 bits "), Code(str(unsigned))))
        if signed >= -(1 << 31):
            items.append((Plain("unsigned, 32 bits "), Code(str(unsigned & 0xFFFFFFFF))))
            items.append((Plain("hexadecimal, 32 bits "), Code(f"{unsigned & 0xFFFFFFFF:#x}")))
    items.append((Plain("hexadecimal "), Code(f"{unsigned:#x}")))
    items.append((Plain("binary "), Code(_binary(unsigned))))
    if 0x20 < unsigned < 0x7F:
        items.append((Plain("character "), Code(repr(chr(unsigned)))))
    return [Paragraph((Code(_first_line(written)),)), Items(tuple(items))]


def _binary(value: int) -> str:
    """Writes bits in groups of four, from the right."""
    digits = f"{value:b}"
    digits = digits.zfill(-(-len(digits) // 4) * 4)
    return "0b" + "_".join(digits[i : i + 4] for i in range(0, len(digits), 4))


def _first_line(text: str) -> str:
    line = " ".join(text.replace("\\\n", " ").split())
    return line if len(line) <= 80 else line[:79] + "…"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + "\n…"
