"""The goasm grammar as tree-sitter knows it: the language and the numbers of its node kinds.

The numbers are looked up by name once, so that reading a tree compares integers.
"""

from __future__ import annotations

from tree_sitter import Language

from go_asm_lsp.syntax import _goasm

LANGUAGE = Language(_goasm.language())


def _kind(name: str) -> int:
    kind = LANGUAGE.id_for_node_kind(name, True)
    assert kind is not None, name
    return kind


COMMENT = _kind("comment")

FUNCTION = _kind("function")
LABEL = _kind("label")
TEXT = _kind("text")
GLOBL = _kind("globl")
DATA = _kind("data")
INSTRUCTION = _kind("instruction")
MACRO_CALL = _kind("macro_call")
FRAME_SIZE = _kind("frame_size")

IMMEDIATE = _kind("immediate")
INDIRECT = _kind("indirect")
MEMORY = _kind("memory")
GROUP = _kind("group")
REGISTER_LIST = _kind("register_list")
PREDICATE_ELEMENT = _kind("predicate_element")

IDENTIFIER = _kind("identifier")
SUFFIXED = _kind("suffixed")
ELEMENT = _kind("element")
STATIC_SYMBOL = _kind("static_symbol")
QUOTED_SYMBOL = _kind("quoted_symbol")
BINARY = _kind("binary_expression")
UNARY = _kind("unary_expression")
PARENTHESIZED = _kind("parenthesized_expression")
INTEGER = _kind("integer")
FLOAT = _kind("float")
CHARACTER = _kind("character")
STRING = _kind("string")

# What may name a register, a symbol or a label.
NAMES = frozenset({IDENTIFIER, SUFFIXED, ELEMENT, MACRO_CALL, STATIC_SYMBOL, QUOTED_SYMBOL})
