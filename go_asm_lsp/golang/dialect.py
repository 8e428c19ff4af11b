"""Tells Go assembly from the other languages whose files end in .s.

GNU, NASM and armasm sources lie in modules too, as input of generators or for the C compiler.
The package decides where the go command assembles a file; else the content does.
"""

from __future__ import annotations

import re

from go_asm_lsp.golang.packages import PackageFiles

# Comments and strings, in which anything may stand. One that does not end runs on, so that
# no start of one is looked at twice.
_NOISE = re.compile(rb'//[^\n]*|/\*.*?(?:\*/|\Z)|"(?:[^"\\\n]|\\.)*"?', re.S)
# A pseudo-register in parentheses or a middle dot is in no other assembler's syntax.
_GO = re.compile(
    rb"\((?:SB|FP|SP|PC)\)|\xc2\xb7|^[ \t]*(?:\w+:[ \t]*)?(?:TEXT|DATA|GLOBL|FUNCDATA)[ \t]", re.M
)
_FOREIGN = re.compile(
    rb"^[ \t]*\.[A-Za-z]\w*(?:[ \t]|$)"  # .text, .globl x
    rb"|%[re]?[abcds][xpi]l?\b|%[xyz]mm\d|%r\d"  # AT&T registers
    rb"|^[ \t]*%(?:macro|define|include)\b|^[ \t]*(?:section|global|bits|extern)[ \t]"
    rb"|^[ \t]*(?:\w+:[ \t]*)?[a-z][a-z0-9.]*[ \t]+[-%#\[a-z0-9$]",  # a lower-case mnemonic
    re.M,
)
# Real files show what they are within the licence and the first function.
_LOOKED_AT = 1 << 18
_DIRECTIVE = re.compile(rb"^[ \t]*#[^\n]*(?:\\\n[^\n]*)*", re.M)


def is_go_assembly(
    name: str, source: bytes, package: PackageFiles | None = None, import_path: str = ""
) -> bool:
    """Tells whether a .s file is for Go's assembler.

    It is if the package assembles it, and it is not if the package hands it to the C compiler.
    Else what is written only in Go assembly or only elsewhere decides; a file with neither,
    such as one that holds macros only, passes for Go assembly.
    """
    if package and name in package.assembly_files:
        return name in package.go_assembly_files(import_path)
    text = _NOISE.sub(b" ", source[:_LOOKED_AT])
    if _GO.search(text):
        return True
    return not _FOREIGN.search(_DIRECTIVE.sub(b"", text))
