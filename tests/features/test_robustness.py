"""Questions at any place of real and of damaged files are answered without an exception."""

from __future__ import annotations

import random

import pytest

from go_asm_lsp.disk import DiskFileSystem
from go_asm_lsp.features.code_action import code_actions
from go_asm_lsp.features.definition import definition
from go_asm_lsp.features.hover import hover
from go_asm_lsp.features.markup.render import to_markdown, to_plain
from go_asm_lsp.features.switch_source import switch_source
from go_asm_lsp.golang.environment import GoEnvironment
from go_asm_lsp.golang.model import BuildConfiguration
from go_asm_lsp.text import Span
from go_asm_lsp.workspace import Workspace
from tests.goroot import GOROOT

FILES = (
    "internal/bytealg/index_amd64.s",
    "internal/bytealg/compare_ppc64x.s",
    "internal/runtime/atomic/atomic_mipsx.s",
    "crypto/internal/fips140/bigmod/nat_arm64.s",
    "hash/crc32/crc32_s390x.s",
    "math/exp_amd64.s",
)
DAMAGE = (
    b"\\\n", b"#define X(a) a\n", b"$", b"(", b")", b"/*", b"\xff", b"\0", b"TEXT ", b"(FP)",
    b"+99999999999999999999", b"\r\n", b'#include "go_asm.h"\n', b"<>", "·".encode(), b"#else\n",
)  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_questions_anywhere(name: str) -> None:
    chance = random.Random(name)
    path = f"{GOROOT}/src/{name}"
    files = DiskFileSystem()
    environment = GoEnvironment(BuildConfiguration("linux", "amd64"), goroot=GOROOT)
    workspace = Workspace(files, environment)
    original = files.read(path)
    assert original
    for turn in range(6):
        text = bytearray(original)
        for _ in range(turn):
            at = chance.randrange(len(text))
            text[at : at + chance.randrange(40)] = chance.choice(DAMAGE)
        files.set_overlay(path, bytes(text))
        workspace.changed(path)
        for _ in range(40):
            offset = chance.randrange(len(text) + 1)
            found = hover(workspace, path, offset)
            if found:
                assert 0 <= found.span.start <= found.span.end <= len(text)
                assert to_markdown(found.document)
                assert to_plain(found.document)
            definition(workspace, path, offset)
        switch_source(workspace, path, len(text) // 2)
        code_actions(workspace, path, Span(0, len(text)))
