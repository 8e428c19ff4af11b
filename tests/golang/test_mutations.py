"""Real Go files with random damage: whatever is asked of them has an answer."""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest

from go_asm_lsp.golang.abiinternal import register_frame
from go_asm_lsp.golang.asmhdr import defines
from go_asm_lsp.golang.frame import argument_frame
from go_asm_lsp.golang.model import BuildConfiguration
from go_asm_lsp.golang.package import GoPackage, load_package
from go_asm_lsp.golang.source import SourceFile, read_source
from tests.golang.loading import std_package

_CONFIGURATION = BuildConfiguration("linux", "amd64")
_INSERTED = (
    *(b"{", b"}", b"(", b")", b"[", b"]", b'"', b"'", b"`", b"/*", b"*/", b"//", b"\n", b"="),
    *(b"func ", b"type ", b"const (", b"struct{", b"iota", b"...", b"~", b"1e9", b"0x", b"<<"),
    *(b"\x00", b"\xff", b"unsafe.Sizeof("),
)


@pytest.mark.parametrize("import_path", ["math/big", "internal/bytealg", "internal/abi"])
def test_damaged_files(import_path: str) -> None:
    random = Random(import_path)
    sound = std_package(import_path, _CONFIGURATION)
    assert sound
    for _ in range(25):
        files = list(sound.files)
        for _ in range(random.randint(1, 3)):
            index = random.randrange(len(files))
            files[index] = damaged(random, files[index])
        ask_everything(
            load_package(
                files,
                import_path,
                _CONFIGURATION,
                lambda written, _: std_package(written, _CONFIGURATION),
            )
        )


def damaged(random: Random, file: SourceFile) -> SourceFile:
    source = file.source
    for _ in range(random.randint(1, 5)):
        at = random.randrange(len(source) + 1)
        match random.randrange(3):
            case 0:
                source = source[:at] + random.choice(_INSERTED) + source[at:]
            case 1:
                source = source[:at] + source[at + random.randint(1, 40) :]
            case 2:
                source = source[:at] + source[at : at + 30] + source[at:]
    return read_source(file.path, source)


def ask_everything(package: GoPackage) -> None:
    for name in package.prototype_names:
        frame = argument_frame(package, name)
        assert frame
        assert all(slot.offset >= 0 for slot in islice(frame.slots(), 50))
        register_frame(package, name)
    for name in package.names:
        assert package.declaration(name)
        package.function(name)
    assert all(define.value for define in defines(package))
