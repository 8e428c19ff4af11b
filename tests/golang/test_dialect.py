from __future__ import annotations

import pytest

from go_asm_lsp.golang.dialect import is_go_assembly
from go_asm_lsp.golang.packages import PackageFiles
from tests.goroot import SOURCE_ROOT, std_assembly_files

_GO = {
    "a function": "TEXT ·f(SB), $0\n RET\n",
    "without includes": "TEXT f(SB),7,$0\nRET\n",
    "data only": 'DATA x<>+0(SB)/8, $"abc"\nGLOBL x<>(SB), 8, $8\n',
    "a macro of instructions": "#define ROUND(a, b) \\\n\tADDQ a, b; \\\n\tROLQ $7, b\n",
    "only an include": '#include "../f_amd64.h"\n',
    "only comments": "// .text\n/* mov %rax, %rbx */\n",
    "empty": "",
    "GNU in comments": "TEXT ·f(SB), $0\n LONG $0xc06f0ff3 // movdqu %xmm0, (%rax)\n",
    "lower-case macro calls": '#include "x.h"\nadd_round(AX, BX)\nTEXT ·f(SB), $0\n',
    "a label before TEXT": "x: TEXT ·f(SB), $0\n",
}
_FOREIGN = {
    "GNU, AT&T": "\t.text\n\t.globl\tf\nf:\n\tmovq\t%rdi, %rax\n\tret\n",
    "GNU, Intel": ".intel_syntax noprefix\nf:\n\tmov rax, rdi\n",
    "GNU, arm64": "\t.section __TEXT,__text\n_f:\n\tldr x0, [x1]\n",
    "for the C compiler": '#include "x.h"\n.file "gcc.S"\nEXT(f):\n\tpushq %rbx\n',
    "NASM": "section .text\nglobal f\nf:\n\tmov rax, [rdi]\n",
    "NASM macros": "%include 'x.inc'\n%macro M 1\n%endmacro\n",
    "instructions only": "f:\n\taddi a0, a0, 1\n\tret\n",
}


@pytest.mark.parametrize("source", _GO.values(), ids=_GO)
def test_go(source: str) -> None:
    assert is_go_assembly("f.s", source.encode())


@pytest.mark.parametrize("source", _FOREIGN.values(), ids=_FOREIGN)
def test_foreign(source: str) -> None:
    assert not is_go_assembly("f.s", source.encode())


def test_the_package_decides_for_its_own_files() -> None:
    foreign, own = b".text\n", b"TEXT f(SB), $0\n"
    assembled = PackageFiles("/p", "p", go_files=("p.go",), assembly_files=("f.s",))
    assert is_go_assembly("f.s", foreign, assembled)
    assert not is_go_assembly("ignored.s", foreign, assembled)
    compiled = PackageFiles("/p", "p", cgo_files=("p.go",), assembly_files=("f.s", "gcc_f.s"))
    assert not is_go_assembly("f.s", own, compiled)
    assert is_go_assembly("ignored.s", own, compiled)
    assert is_go_assembly("f.s", own, compiled, "runtime/cgo")
    assert not is_go_assembly("gcc_f.s", own, compiled, "runtime/cgo")


def test_every_assembly_file_of_the_distribution() -> None:
    paths = std_assembly_files()
    assert len(paths) > 500
    assert [path for path in paths if not is_go_assembly(path.name, path.read_bytes())] == []


def test_files_for_the_c_compiler_in_the_distribution() -> None:
    paths = sorted(SOURCE_ROOT.rglob("*.S"))
    assert paths
    assert [path for path in paths if is_go_assembly(path.name, path.read_bytes())] == []


def test_long_and_odd_texts_end_soon() -> None:
    for source in (b" " * 1_000_000, b"/*" * 500_000, b'"\\' * 500_000, b"#\\\n" * 300_000):
        assert is_go_assembly("f.s", source)
    assert not is_go_assembly("f.s", b"\xff\0\n" * 30_000 + b".text\n")
