"""A changed package and what go vet says of it: how it is made, kept and compared."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.oracle.mutants import Change, applied
from tests.oracle.toolchain import Finding

RECORDED = Path(__file__).parent / "recorded.jsonl.gz"


@dataclass(frozen=True)
class Record:
    """`files` are whole new files by name, `changes` what is changed in files of the package.

    `vet` is None when the package does not type-check; go vet then says nothing of assembly.
    """

    kind: str
    goarch: str
    import_path: str
    files: dict[str, str]
    changes: dict[str, list[Change]]
    vet: list[Finding] | None

    def texts(self, directory: str) -> dict[str, bytes]:
        """Answers the contents of all files that differ from those in `directory`."""
        texts = {name: text.encode() for name, text in self.files.items()}
        for name, changes in self.changes.items():
            original = Path(directory, name).read_bytes().decode("utf-8", "surrogateescape")
            texts[name] = applied(original, changes).encode("utf-8", "surrogateescape")
        return texts


def read_records(path: Path = RECORDED) -> Iterator[Record]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield _decoded(line)


def write_records(records: Iterable[Record], path: Path) -> None:
    # Without a time stamp the same records make the same file.
    with path.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        for record in records:
            line = json.dumps(asdict(record), ensure_ascii=False, separators=(",", ":"))
            packed.write(line.encode() + b"\n")


def _decoded(line: str) -> Record:
    fields = json.loads(line)
    changes = {
        name: [Change(c["line"], c["deleted"], tuple(c["added"])) for c in found]
        for name, found in fields.pop("changes").items()
    }
    vet = fields.pop("vet")
    findings = None if vet is None else [(name, line, message) for name, line, message in vet]
    return Record(**fields, changes=changes, vet=findings)
