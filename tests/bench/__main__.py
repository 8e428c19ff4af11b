"""Prints the figures of the budgets: `python -m tests.bench`. Compare ratios within one run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.client import Client, Message
from tests.goroot import GOROOT, SOURCE_ROOT

RUNS = 7
KEYSTROKES = 200


def big_file(line_count: int) -> str:
    """Writes an amd64 file of many small functions, as generated kernels look."""
    lines = ['#include "textflag.h"', ""]
    number = 0
    while len(lines) < line_count:
        lines += [f"TEXT ·f{number}(SB), NOSPLIT, $0-24", "\tMOVQ dst+0(FP), DI"]
        lines += ["\tMOVQ src+8(FP), SI", "\tMOVQ n+16(FP), CX", "loop:"]
        lines += [f"\tVMOVDQU {32 * i}(SI), Y{i}" for i in range(8)]
        lines += [f"\tVPXOR Y{i}, Y{i + 8}, Y{i}" for i in range(8)]
        lines += [f"\tVMOVDQU Y{i}, {32 * i}(DI)" for i in range(8)]
        lines += ["\tSUBQ $256, CX", "\tJNE loop", "\tVZEROUPPER", "\tRET", ""]
        number += 1
    return "\n".join(lines)


def big_package(folder: Path, line_count: int) -> Path:
    text = big_file(line_count)
    names = [f"f{i}" for i in range(text.count("TEXT"))]
    (folder / "go.mod").write_text("module example.com/big\n\ngo 1.24\n")
    declarations = "".join(f"\nfunc {name}(dst, src *byte, n int)\n" for name in names)
    (folder / "big_amd64.go").write_text("package big\n" + declarations)
    path = folder / "big_amd64.s"
    path.write_text(text)
    return path


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def report(name: str, values: list[float], budget: str) -> None:
    median, high = statistics.median(values), percentile(values, 0.95)
    print(f"{name:<58} {median:9.1f} {high:9.1f}   {budget}", flush=True)


def milliseconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1e3


def is_publication(uri: str) -> Callable[[Message], bool]:
    def matches(message: Message) -> bool:
        is_push = message.get("method") == "textDocument/publishDiagnostics"
        return is_push and message["params"]["uri"] == uri

    return matches


def measure_start(path: Path) -> None:
    replies: list[float] = []
    diagnostics: list[float] = []
    for _ in range(RUNS):
        with Client(path.parent) as client:
            client.initialize()
            replies.append((time.perf_counter() - client.started) * 1e3)
            uri = client.open(path)
            client.wait_for(is_publication(uri))
            diagnostics.append((time.perf_counter() - client.started) * 1e3)
    name = path.relative_to(SOURCE_ROOT)
    report("process start → initialize reply", replies, "≤ 150")
    report(f"process start → diagnostics of {name}", diagnostics, "≤ 800")


def measure_editing(path: Path) -> None:
    with Client(path.parent) as client:
        client.initialize()
        uri = client.open(path)
        document = {"textDocument": {"uri": uri}}
        client.request("textDocument/diagnostic", document)
        line = path.read_text().count("\n") // 2
        keys: list[float] = []
        for number in range(KEYSTROKES):

            def keystroke(version: int = number + 2) -> None:
                client.change(uri, version, line, 0, " ")
                client.request("textDocument/diagnostic", document)

            keys.append(milliseconds(keystroke))
        report("keystroke → diagnostics, 5,400 lines", keys, "p95 ≤ 30")
        for method in ("hover", "definition"):
            values = [
                milliseconds(
                    lambda i=i, method=method: client.request(  # type: ignore[misc]
                        f"textDocument/{method}", client.at(uri, 3 + 29 * (i % 50), 8)
                    )
                )
                for i in range(KEYSTROKES)
            ]
            report(f"{method}, 5,400 lines", values, "p95 ≤ 5")
        print(f"{'memory with that file open, MB':<58} {resident(client.pid):9.1f}")


def measure_go_keystroke(path: Path) -> None:
    go_path = path.with_suffix(".go")
    with Client(path.parent) as client:
        client.initialize()
        uri = client.open(path)
        document = {"textDocument": {"uri": uri}}
        client.request("textDocument/diagnostic", document)
        go_uri = client.open(go_path)
        line = go_path.read_text().count("\n")
        values: list[float] = []
        for number in range(30):

            def keystroke(version: int = number + 2) -> None:
                client.change(go_uri, version, line, 0, " ")
                client.request("textDocument/diagnostic", document)

            values.append(milliseconds(keystroke))
        report("keystroke in a Go prototype → findings in the .s", values, "≤ 50")


def resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def measure_check(goarch: str) -> None:
    command = [sys.executable, "-m", "go_asm_lsp", "check", "--goroot", GOROOT]
    command += ["--goarch", goarch, f"{GOROOT}/src/..."]
    result: list[int] = []

    def run() -> None:
        done = subprocess.run(command, capture_output=True, check=False)
        result.append(done.returncode)

    report(f"check --goarch {goarch} GOROOT/src/...", [milliseconds(run)], "≤ 6000")
    assert result == [0], "the standard library has no findings"


def main() -> None:
    print(f"{'ms':<58} {'median':>9} {'p95':>9}   budget")
    measure_start(SOURCE_ROOT / "internal/bytealg/indexbyte_amd64.s")
    measure_start(SOURCE_ROOT / "runtime/asm_amd64.s")
    with tempfile.TemporaryDirectory() as folder:
        path = big_package(Path(folder), 5400)
        measure_editing(path)
        measure_go_keystroke(path)
    measure_check("amd64")
    measure_check("arm64")
    measure_check("all")


if __name__ == "__main__":
    main()
