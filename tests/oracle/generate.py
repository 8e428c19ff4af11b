"""Makes records: changed packages of the standard library, made-up ones, go vet's answers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from go_asm_lsp.arch.registry import arch_for
from tests.oracle.mutants import mutate
from tests.oracle.records import Record
from tests.oracle.synthetic import synthetic
from tests.oracle.toolchain import Package, std_packages, vet

SYNTHETIC = "/synthetic"
# Its assembly belongs to its tests, which go vet reads and this does not.
_LEFT_OUT = "internal/abi"


def mutants(seed: int, count: int, goarches: tuple[str, ...]) -> Iterator[Record]:
    """Yields changed packages of the standard library, the same ones for the same seed."""
    random = Random(f"mutants {seed}")
    with TemporaryDirectory() as scratch:
        made = 0
        while made < count:
            # Only these two have a frame pointer to be clobbered.
            common = [goarch for goarch in goarches if goarch in ("amd64", "arm64")]
            goarch = random.choice([*goarches, *common, *common])
            package = random.choice(_packages(goarch))
            arch = arch_for(goarch)
            found = mutate(random, _texts(package), arch) if arch else None
            if found is None:
                continue
            made += 1
            kind, changes = found
            record = Record(kind, goarch, package.import_path, {}, changes, None)
            answer = vet(package, goarch, record.texts(package.directory), Path(scratch))
            yield _answered(record, answer)


def made_up(seed: int, count: int, goarches: tuple[str, ...]) -> Iterator[Record]:
    """Yields made-up packages, the same ones for the same seed."""
    random = Random(f"made up {seed}")
    with TemporaryDirectory() as scratch:
        for _ in range(count):
            goarch = random.choice(goarches)
            files = synthetic(random, goarch)
            record = Record("made up", goarch, "synthetic", files, {}, None)
            package = made_up_package(files)
            yield _answered(record, vet(package, goarch, record.texts(""), Path(scratch)))


def made_up_package(files: dict[str, str]) -> Package:
    go = tuple(name for name in files if name.endswith(".go"))
    assembly = tuple(name for name in files if name.endswith(".s"))
    return Package("synthetic", SYNTHETIC, go, assembly, {"unsafe": "unsafe"}, {})


def _answered(record: Record, answer: frozenset[tuple[str, int, str]] | None) -> Record:
    vet = None if answer is None else sorted(answer)
    return Record(record.kind, record.goarch, record.import_path, record.files, record.changes, vet)


@cache
def _packages(goarch: str) -> list[Package]:
    """Lists packages to change, those with more assembly more often."""
    packages = [p for p in std_packages(goarch).values() if p.import_path != _LEFT_OUT]
    return [p for p in packages for _ in range(2 if p.import_path == "runtime" else 1)]


@cache
def _texts(package: Package) -> dict[str, list[str]]:
    """Reads the files of a package that a mistake can be made in."""
    texts = {}
    for name in (*package.go_files, *package.assembly_files):
        text = Path(package.directory, name).read_bytes().decode("utf-8", "surrogateescape")
        lines = text.split("\n")
        is_prototype = any(line.startswith("func ") and not line.endswith("{") for line in lines)
        if name.endswith(".s") or is_prototype:
            texts[name] = lines
    return texts
