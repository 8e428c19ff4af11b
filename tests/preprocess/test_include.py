from __future__ import annotations

import pytest

from go_asm_lsp.golang.model import BuildConfiguration
from go_asm_lsp.preprocess.include import include_resolver
from go_asm_lsp.preprocess.predefined import predefined
from go_asm_lsp.preprocess.preprocess import preprocess
from tests.goroot import GOROOT, SOURCE_ROOT

LINUX = BuildConfiguration("linux", "amd64")
PATH = "/m/p/a.s"


class Files:
    """Files by path; the rest of the FileSystem is not asked for."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._texts = texts

    def read(self, path: str) -> bytes | None:
        text = self._texts.get(path)
        return None if text is None else text.encode()

    def list_directory(self, path: str) -> tuple[str, ...]:
        return ()

    def is_directory(self, path: str) -> bool:
        return False

    def stamp(self, path: str) -> object:
        return None


@pytest.mark.parametrize(
    ("written", "present", "found"),
    [
        ("x.h", "/m/p/x.h", "/m/p/x.h"),
        ("./x.h", "/m/p/x.h", "/m/p/x.h"),
        ("../q/y.s", "/m/q/y.s", "/m/q/y.s"),
        ("/abs/x.h", "/abs/x.h", "/abs/x.h"),
        ("textflag.h", "/go/pkg/include/textflag.h", "/go/pkg/include/textflag.h"),
        ("textflag.h", "/m/p/textflag.h", "/m/p/textflag.h"),
        ("go_asm.h", "/m/p/go_asm.h", "/m/p/go_asm.h"),
        ("defs_GOOS_GOARCH.h", "/m/p/defs_linux_amd64.h", "/m/p/defs_linux_amd64.h"),
        ("defs_GOARCH.h", "/m/p/defs_amd64.h", "/m/p/defs_amd64.h"),
        ("defs_GOOS.h", "/m/p/defs_linux.h", "/m/p/defs_linux.h"),
        ("go_tls.h", "/go/src/runtime/go_tls.h", None),
        ("x.h", "/m/x.h", None),
        ("defs_GOOS.h", "/m/p/defs_darwin.h", None),
        ("", "/m/p", None),
        ("a\0b", "/m/p/a", None),
    ],
)
def test_where_it_looks(written: str, present: str, found: str | None) -> None:
    resolve = include_resolver(Files({present: "text"}), LINUX, "/go")
    assert resolve(written, PATH) == (None if found is None else (found, b"text"))


def test_go_asm_h_is_made_only_when_asked_for() -> None:
    asked: list[bool] = []

    def make() -> bytes:
        asked.append(True)
        return b"#define const_x 1\n"

    resolve = include_resolver(Files({}), LINUX, "/go", make)
    resolve("textflag.h", PATH)
    assert not asked
    assert resolve("go_asm.h", PATH) == ("/m/p/go_asm.h", b"#define const_x 1\n")


def test_an_include_in_a_header_is_looked_up_from_the_assembled_file() -> None:
    files = Files({"/m/p/h/x.h": '#include "y.h"\n', "/m/p/h/y.h": "", "/m/p/y.h": "NOP\n"})
    resolve = include_resolver(files, LINUX)
    result = preprocess(b'#include "h/x.h"\n', PATH, {}, resolve)
    assert result.problems == ()
    assert result.blocks[0].text == b"NOP\n"


@pytest.mark.parametrize("name", ["textflag.h", "funcdata.h"])
def test_built_in_headers_say_what_the_distribution_says(name: str) -> None:
    original = (SOURCE_ROOT.parent / "pkg" / "include" / name).read_text()
    there = include_resolver(Files({f"{GOROOT}/pkg/include/{name}": original}), LINUX, GOROOT)
    here = include_resolver(Files({}), LINUX)
    meanings = []
    for resolve in (there, here):
        result = preprocess(f'#include "{name}"\n'.encode(), PATH, {}, resolve)
        assert result.problems == ()
        meanings.append({(m.name, m.parameters, m.body) for m in result.definitions})
    assert meanings[0] == meanings[1]


def test_definitions_in_built_in_headers_have_a_place() -> None:
    result = preprocess(b'#include "textflag.h"\n', PATH, {}, include_resolver(Files({}), LINUX))
    macro = next(macro for macro in result.definitions if macro.name == "NOSPLIT")
    text = include_resolver(Files({}), LINUX)("textflag.h", PATH)
    assert text is not None
    assert macro.path == text[0]
    assert text[1][macro.name_span.start : macro.body_span.end] == b"NOSPLIT 4"


def test_macros_of_the_go_command() -> None:
    result = preprocess(
        b"GOOS_linux GOARCH_amd64 GOAMD64_v1 GOAMD64_v3 GOARCH\n",
        PATH,
        predefined(LINUX),
        include_resolver(Files({}), LINUX),
    )
    assert result.blocks[0].text == b"1 1 1 GOAMD64_v3 GOARCH\n"
