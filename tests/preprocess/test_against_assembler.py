"""What the real assembler makes of our expansion must be what it makes of the file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from go_asm_lsp.golang.model import GOARCHES, BuildConfiguration
from go_asm_lsp.preprocess.predefined import predefined
from go_asm_lsp.preprocess.preprocess import preprocess
from tests.goroot import GOROOT, SOURCE_ROOT
from tests.preprocess.assembler import assemble

# Files with many macros that need nothing of go_asm.h, one or more for most architectures.
FILES = (
    "crypto/internal/fips140/aes/gcm/gcm_arm64.s",
    "crypto/internal/fips140/nistec/p256_asm_amd64.s",
    "crypto/internal/fips140/nistec/p256_asm_arm64.s",
    "crypto/internal/fips140/nistec/p256_asm_ppc64le.s",
    "crypto/internal/fips140/nistec/p256_asm_s390x.s",
    "crypto/internal/fips140/sha256/sha256block_386.s",
    "crypto/internal/fips140/sha256/sha256block_loong64.s",
    "crypto/internal/fips140/sha256/sha256block_riscv64.s",
    "crypto/internal/fips140/sha512/sha512block_ppc64x.s",
    "crypto/md5/md5block_arm.s",
    "crypto/sha1/sha1block_arm.s",
    "math/big/arith_mips64x.s",
    "math/exp_s390x.s",
    "runtime/memmove_mipsx.s",
    "runtime/vlop_386.s",
)
_PLACE = re.compile(r"^\d+ (\d+) \([^)]*\)", re.M)


def _goarches(name: str) -> list[str]:
    stem = Path(name).stem.rpartition("_")[2]
    both = {"ppc64x": ["ppc64", "ppc64le"], "mips64x": ["mips64", "mips64le"],
            "mipsx": ["mips", "mipsle"]}  # fmt: skip
    return both.get(stem, [stem])


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("name", "goarch"), [(name, goarch) for name in FILES for goarch in _goarches(name)]
)
def test_the_same_instructions(name: str, goarch: str, tmp_path: Path) -> None:
    path = SOURCE_ROOT / name
    assert path.exists()
    assert goarch in GOARCHES
    macros = predefined(BuildConfiguration("linux", goarch))
    source = path.read_bytes()
    result = preprocess(source, str(path), macros, _resolve)
    assert result.problems == ()
    expansion = b"".join(block.text for block in result.blocks)
    assert expansion != source

    defines = [option for macro in macros for option in ("-D", macro)]
    folder = ["-I", str(path.parent), "-debug"]
    headers = {"go_asm.h": ""}
    wanted = assemble(tmp_path, source, *folder, *defines, goarch=goarch, files=headers)
    found = assemble(tmp_path, expansion, "-debug", goarch=goarch)
    assert len(wanted.splitlines()) > 10
    # Only the lines that instructions stand on differ.
    assert _PLACE.sub(r"\1", found) == _PLACE.sub(r"\1", wanted)


def _resolve(written: str, from_path: str) -> tuple[str, bytes] | None:
    for folder in (Path(from_path).parent, Path(GOROOT, "pkg/include")):
        path = folder / written
        if path.exists():
            return str(path), path.read_bytes()
    return ("go_asm.h", b"") if written == "go_asm.h" else None
