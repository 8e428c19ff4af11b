"""A long comparison with go vet on fresh mistakes.

    python -m tests.oracle --seed 7 --mutants 1000 --made-up 500
    python -m tests.oracle --seed 7 --mutants 700 --made-up 300 --record FILE

The first prints how many packages got exactly go vet's findings, and every difference that
docs/vet-differences.md does not explain; it fails if there is one. The second keeps what it
made for the tests. The first run builds export data of the standard library for every
architecture, in a cache folder outside the tree.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from itertools import chain
from pathlib import Path

from go_asm_lsp.golang.model import GOARCHES
from tests.oracle.compare import differences, explanation
from tests.oracle.generate import made_up, mutants
from tests.oracle.records import Record, write_records


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutants", type=int, default=1000, metavar="N")
    parser.add_argument("--made-up", type=int, default=500, metavar="N")
    parser.add_argument("--goarch", default=",".join(GOARCHES), metavar="LIST")
    parser.add_argument("--record", type=Path, metavar="FILE")
    options = parser.parse_args()
    goarches = tuple(options.goarch.split(","))
    records = chain(
        mutants(options.seed, options.mutants, goarches),
        made_up(options.seed, options.made_up, goarches),
    )
    counts: Counter[str] = Counter()
    kept: list[Record] = []
    for record in records:
        kept.append(record)
        counts[_verdict(record)] += 1
    for verdict, count in sorted(counts.items()):
        print(f"{count:6} {verdict}")  # noqa: T201 the command's output
    if options.record:
        write_records(kept, options.record)
    return 1 if counts["different"] else 0


def _verdict(record: Record) -> str:
    """Compares one record; prints what nothing explains."""
    if record.vet is None:
        return "not type-checked, so not compared"
    found = differences(record)
    if not found:
        return "identical, with findings" if record.vet else "identical, without findings"
    names = {explanation(difference) for difference in found}
    if None not in names:
        return f"explained: {', '.join(sorted(name for name in names if name))}"
    print(f"{record.kind}, {record.goarch}, {record.import_path}")  # noqa: T201
    for difference in found:
        if explanation(difference) is None:
            side = "ours only" if difference.is_ours else "go vet's only"
            name, line, message = difference.finding
            print(f"  {side}: {name}:{line}: {message}\n    {difference.line}")  # noqa: T201
    if record.files:
        print("\n".join(record.files.values()))  # noqa: T201
    return "different"


if __name__ == "__main__":
    sys.exit(main())
