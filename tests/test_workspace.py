"""Which builds and packages a .s file is analysed with, and what an edit makes anew."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import dedent

import pytest

from go_asm_lsp.golang.environment import GoEnvironment
from go_asm_lsp.golang.model import BuildConfiguration
from go_asm_lsp.workspace import Workspace
from tests.lsp.memory import MemoryFiles
from tests.support import split_files

HOST = BuildConfiguration("linux", "amd64")

SUM = """
    -- /w/go.mod --
    module example.com/w
    -- /w/sum.go --
    package w

    func sum(x int64) int64
    -- /w/sum_amd64.s --
    TEXT ·sum(SB), 4, $0-16
        MOVQ x+8(FP), AX
        MOVQ AX, ret+8(FP)
        RET
"""
WRONG = "[amd64] sum: invalid offset x+8(FP); expected x+0(FP)"


class Opened:
    """A workspace over files in memory, which may be edited."""

    def __init__(
        self, archive: str, goarches: Sequence[str] = (), host: BuildConfiguration = HOST
    ) -> None:
        texts = split_files(dedent(archive).strip("\n") + "\n")
        self.files = MemoryFiles({path: text.encode() for path, text in texts.items()})
        self.workspace = Workspace(self.files, GoEnvironment(host), goarches)

    def messages(self, path: str) -> list[str]:
        return [found.message for found in self.workspace.diagnostics(path)]

    def edit(self, path: str, old: str, new: str) -> None:
        text = self.files.content.get(path, b"").decode()
        assert old in text
        self.files.content[path] = text.replace(old, new).encode()
        self.workspace.changed(path)

    def goarches(self, path: str) -> list[str]:
        return [model.configuration.goarch for model in self.workspace.models(path)]


def test_finding_of_a_package() -> None:
    assert Opened(SUM).messages("/w/sum_amd64.s") == [WRONG]


def test_corrected_offset_has_no_finding() -> None:
    opened = Opened(SUM)
    opened.messages("/w/sum_amd64.s")
    opened.edit("/w/sum_amd64.s", "x+8", "x+0")
    assert opened.messages("/w/sum_amd64.s") == []


def test_changed_prototype_changes_findings() -> None:
    opened = Opened(SUM)
    opened.messages("/w/sum_amd64.s")
    opened.edit("/w/sum.go", "sum(x int64)", "sum(y, x int32)")
    opened.edit("/w/sum_amd64.s", "MOVQ x+8", "MOVL x+4")
    assert opened.messages("/w/sum_amd64.s") == []


def test_changed_header_changes_findings() -> None:
    opened = Opened(SUM + "    -- /w/x.h --\n    #define OFFSET 8\n")
    opened.edit("/w/sum_amd64.s", "TEXT", '#include "x.h"\nTEXT')
    opened.edit("/w/sum_amd64.s", "x+8(FP)", "x+OFFSET(FP)")
    assert len(opened.messages("/w/sum_amd64.s")) == 1
    opened.edit("/w/x.h", "8", "0")
    assert opened.messages("/w/sum_amd64.s") == []


def test_prototype_that_comes_in_a_new_file() -> None:
    opened = Opened(SUM)
    opened.edit("/w/sum.go", "func sum(x int64) int64", "")
    assert opened.messages("/w/sum_amd64.s") == ["[amd64] sum: function sum missing Go declaration"]
    opened.edit("/w/more.go", "", "package w\n\nfunc sum(_, x int64) (ret int64)\n")
    opened.edit("/w/sum_amd64.s", "$0-16", "$0-24")
    opened.edit("/w/sum_amd64.s", "ret+8", "ret+16")
    assert opened.messages("/w/sum_amd64.s") == []


def test_prototype_in_a_test_of_the_package_counts() -> None:
    opened = Opened(SUM)
    opened.edit("/w/sum.go", "func sum(x int64) int64", "")
    opened.edit("/w/sum_amd64.s", "x+8", "x+0")
    assert opened.messages("/w/sum_amd64.s") != []
    opened.edit("/w/x_test.go", "", "package w\n\nfunc sum(x int64) (ret int64)\n")
    assert opened.messages("/w/sum_amd64.s") == []


def test_imported_type_that_changes() -> None:
    opened = Opened(
        """
        -- /w/go.mod --
        module example.com/w
        -- /w/sub/t.go --
        package sub

        type T int64
        -- /w/f.go --
        package w

        import "example.com/w/sub"

        func f(a sub.T, b int64)
        -- /w/f_amd64.s --
        TEXT ·f(SB), 4, $0-16
            MOVQ b+8(FP), AX
            RET
        """
    )
    assert opened.messages("/w/f_amd64.s") == []
    opened.edit("/w/sub/t.go", "int64", "[2]int64")
    assert opened.messages("/w/f_amd64.s") == [
        "[amd64] f: wrong argument size 16; expected $...-24",
        "[amd64] f: invalid offset b+8(FP); expected b+16(FP)",
    ]


def test_edit_of_one_file_keeps_the_model_of_another() -> None:
    opened = Opened(SUM + "    -- /w/other_amd64.s --\n    TEXT ·g(SB), 4, $0\n        RET\n")
    before = opened.workspace.model("/w/sum_amd64.s")
    opened.edit("/w/other_amd64.s", "RET", "NOP\n    RET")
    assert opened.workspace.model("/w/sum_amd64.s") is before
    opened.edit("/w/sum.go", "int64", "int32")
    assert opened.workspace.model("/w/sum_amd64.s") is not before


@pytest.mark.parametrize(
    ("path", "goarches", "expected"),
    [
        pytest.param("/w/f_arm64.s", (), ["arm64"], id="its name says one"),
        pytest.param("/w/f.s", (), ["amd64"], id="nothing said: the host's"),
        pytest.param("/w/f.s", ("arm64", "riscv64"), ["arm64", "riscv64"], id="asked for"),
        pytest.param("/w/two.s", (), ["ppc64", "ppc64le"], id="its constraint says two"),
        pytest.param("/w/f_arm64.s", ("amd64",), ["amd64"], id="no build takes it: the host's"),
    ],
)
def test_builds_of_a_file(path: str, goarches: Sequence[str], expected: list[str]) -> None:
    opened = Opened(
        """
        -- /w/f_arm64.s --
        TEXT ·f(SB), 4, $0
        -- /w/f.s --
        TEXT ·f(SB), 4, $0
        -- /w/two.s --
        //go:build ppc64 || ppc64le

        TEXT ·f(SB), 4, $0
        """,
        goarches,
    )
    assert opened.goarches(path) == expected


def test_same_finding_on_two_architectures_is_one() -> None:
    opened = Opened(SUM)
    source = opened.files.content.pop("/w/sum_amd64.s").decode()
    two = "//go:build ppc64 || ppc64le\n\n" + source.replace("MOVQ", "MOVD").replace("AX", "R3")
    opened.edit("/w/sum_ppc64x.s", "", two)
    found = opened.workspace.diagnostics("/w/sum_ppc64x.s")
    assert [(d.message, d.goarches) for d in found] == [
        (WRONG.replace("amd64", "ppc64"), ("ppc64", "ppc64le"))
    ]


def test_no_finding_where_no_build_takes_the_file() -> None:
    opened = Opened(SUM)
    opened.edit("/w/sum_amd64.s", "TEXT", "//go:build ignore\n\nTEXT")
    assert opened.messages("/w/sum_amd64.s") == []


def test_no_go_package_no_finding_that_needs_one() -> None:
    opened = Opened(SUM)
    del opened.files.content["/w/sum.go"]
    assert opened.messages("/w/sum_amd64.s") == []
    opened.edit("/w/sum_amd64.s", "sum(SB)", "sum(SB")
    assert len(opened.messages("/w/sum_amd64.s")) == 1


@pytest.mark.parametrize(
    "source",
    [
        "\t.text\n\t.globl f\nf:\n\tmovq %rax, %rbx\n\tret\n",
        "section .text\nglobal f\nf: mov rax, rbx\n",
    ],
)
def test_other_dialects_have_no_model(source: str) -> None:
    opened = Opened(SUM)
    del opened.files.content["/w/sum.go"]
    opened.edit("/w/gnu_amd64.s", "", source)
    assert opened.messages("/w/gnu_amd64.s") == []
    assert opened.workspace.models("/w/gnu_amd64.s") == ()


def test_computed_header() -> None:
    opened = Opened(SUM)
    opened.edit("/w/sum.go", "func", "const off = 0\n\nfunc")
    opened.edit("/w/sum_amd64.s", "TEXT", '#include "go_asm.h"\nTEXT')
    opened.edit("/w/sum_amd64.s", "x+8(FP)", "x+const_off(FP)")
    assert opened.messages("/w/sum_amd64.s") == []
    opened.edit("/w/sum.go", "off = 0", "off = 4")
    assert opened.messages("/w/sum_amd64.s") == [WRONG.replace("x+8", "x+4")]


def test_missing_file_has_nothing() -> None:
    workspace = Opened(SUM).workspace
    assert workspace.models("/w/none_amd64.s") == ()
    assert workspace.model("/w/none_amd64.s") is None
    assert workspace.diagnostics("/w/none_amd64.s") == ()
    assert workspace.configurations("/w/none_amd64.s") == ()


@pytest.mark.parametrize(
    ("path", "preferred", "expected"),
    [
        ("/w/f.s", None, ["amd64"]),
        ("/w/f.s", "arm64", ["arm64"]),
        ("/w/sum_amd64.s", "arm64", ["amd64"]),
        ("/w/two.s", "ppc64le", ["ppc64le", "ppc64"]),
        ("/w/two.s", "arm64", ["ppc64", "ppc64le"]),
    ],
)
def test_preferred_architecture_comes_first(
    path: str, preferred: str | None, expected: list[str]
) -> None:
    opened = Opened(
        SUM
        + "    -- /w/f.s --\n    TEXT ·f(SB), 4, $0\n"
        + "    -- /w/two.s --\n    //go:build ppc64 || ppc64le\n\n    TEXT ·f(SB), 4, $0\n"
    )
    before = opened.goarches(path)
    opened.workspace.prefer(path, preferred)
    assert opened.goarches(path) == expected
    opened.workspace.prefer(path, None)
    assert opened.goarches(path) == before


def test_preferred_architecture_is_the_one_checked() -> None:
    opened = Opened(SUM)
    opened.edit("/w/sum.s", "", "TEXT ·sum(SB), 4, $0-8\n\tRET\n")
    opened.workspace.prefer("/w/sum.s", "arm64")
    found = opened.workspace.diagnostics("/w/sum.s")
    assert {d.goarches for d in found} == {("arm64",)}
    opened.workspace.prefer("/w/sum.s", None)
    assert {d.goarches for d in opened.workspace.diagnostics("/w/sum.s")} == {("amd64",)}


def test_assembly_files_of_all_architectures() -> None:
    opened = Opened(SUM + "    -- /w/sum_arm64.s --\n    TEXT ·sum(SB), 4, $0\n")
    assert opened.workspace.assembly_files("/w") == ("/w/sum_amd64.s", "/w/sum_arm64.s")


def test_forgotten_model_is_made_again_and_findings_stay() -> None:
    opened = Opened(SUM)
    before = opened.workspace.model("/w/sum_amd64.s")
    assert opened.messages("/w/sum_amd64.s") == [WRONG]
    opened.workspace.forget("/w/sum_amd64.s")
    after = opened.workspace.model("/w/sum_amd64.s")
    assert after is not before
    assert opened.messages("/w/sum_amd64.s") == [WRONG]
