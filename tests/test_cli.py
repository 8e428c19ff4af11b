"""The command line: what it prints, where, and with which exit status."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from go_asm_lsp import __version__
from go_asm_lsp.checks import CODES
from go_asm_lsp.cli import main
from tests.goroot import GOROOT

SAMPLE = Path(__file__).parent.parent / "sample"
FOUND = {
    "vector_amd64.s": [
        "46:11: [amd64] Sum: invalid MOVL of ret+24(FP); uint64 is 8-byte value "
        "(asmdecl/invalid-width)",
        "53:17: frame pointer is clobbered before saving (framepointer/clobbered)",
    ],
    "vector_arm64.s": [
        "38:7: [arm64] Index: invalid offset x+16(FP); expected x+24(FP) (asmdecl/invalid-offset)",
        "58:31: [arm64] Scale: wrong argument size 24; expected $...-28 "
        "(asmdecl/wrong-argument-size)",
    ],
    "vector_riscv64.s": [
        "6:6: [riscv64] Sum: unknown variable data_base; offset 0 is values_base+0(FP) "
        "(asmdecl/unknown-variable)",
    ],
}

GO = "package w\n\nfunc f(x int64) int64\n"
GOOD = "TEXT ·f(SB), 4, $0-16\n\tMOVQ x+0(FP), AX\n\tMOVQ AX, ret+8(FP)\n\tRET\n"
BAD = GOOD.replace("x+0", "x+8")
MESSAGE = "[amd64] f: invalid offset x+8(FP); expected x+0(FP)"
LINE = f"2:7: {MESSAGE} (asmdecl/invalid-offset)"


class Result:
    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GOROOT", "GOOS", "GOARCH", "GOFLAGS", "GOWORK"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> Result:
        capsys.readouterr()
        status = main(arguments)
        captured = capsys.readouterr()
        return Result(status, captured.out, captured.err)

    return call


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module with one good function, and the current folder in it."""
    write(tmp_path, "go.mod", "module example.com/w\n\ngo 1.27\n")
    write(tmp_path, "f.go", GO)
    write(tmp_path, "f_amd64.s", GOOD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_clean_package(package: Path, run: Run) -> None:
    result = run("check", ".")
    assert (result.status, result.out, result.err) == (0, "", "")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (".", "f_amd64.s"),
        ("./", "f_amd64.s"),
        ("f_amd64.s", "f_amd64.s"),
        ("./f_amd64.s", "f_amd64.s"),
        ("./...", "f_amd64.s"),
        ("...", "f_amd64.s"),
        ("../{folder}", "../{folder}/f_amd64.s"),
        ("{absolute}", "{absolute}/f_amd64.s"),
        ("{absolute}/...", "{absolute}/f_amd64.s"),
        ("{absolute}/f_amd64.s", "{absolute}/f_amd64.s"),
    ],
)
def test_paths_are_shown_as_the_user_wrote_them(
    package: Path, run: Run, path: str, shown: str
) -> None:
    write(package, "f_amd64.s", BAD)
    names = {"folder": package.name, "absolute": str(package)}
    result = run("check", path.format(**names))
    assert result.lines == [f"{shown.format(**names)}:{LINE}"]
    assert result.status == 1
    assert result.err == ""


def test_each_file_is_checked_once(package: Path, run: Run) -> None:
    write(package, "f_amd64.s", BAD)
    assert len(run("check", "f_amd64.s", ".", "./...").lines) == 1


@pytest.mark.parametrize("folder", ["testdata", "_x", ".x", "vendor", "vendor/v", "a/testdata/b"])
def test_folders_that_a_pattern_leaves_out(package: Path, run: Run, folder: str) -> None:
    write(package, f"{folder}/f.go", GO)
    write(package, f"{folder}/f_amd64.s", BAD)
    assert run("check", "./...").out == ""
    assert run("check", folder).lines == [f"{folder}/f_amd64.s:{LINE}"]
    assert run("check", f"{folder}/...").lines == [f"{folder}/f_amd64.s:{LINE}"]


def test_findings_come_in_the_order_of_paths(package: Path, run: Run) -> None:
    for folder in ("b", "a", "a/c", "B"):
        write(package, f"{folder}/f.go", GO)
        write(package, f"{folder}/f_amd64.s", BAD)
    shown = [line.partition(":")[0] for line in run("check", "./...").lines]
    assert shown == ["B/f_amd64.s", "a/f_amd64.s", "a/c/f_amd64.s", "b/f_amd64.s"]


def test_missing_path_leaves_the_rest_checked(package: Path, run: Run) -> None:
    write(package, "f_amd64.s", BAD)
    result = run("check", "nothing.s", "f_amd64.s", "no/...", "none")
    assert result.lines == [f"f_amd64.s:{LINE}"]
    assert result.status == 2
    assert result.err.splitlines() == [
        "go-asm-lsp: nothing.s: No such file or directory",
        "go-asm-lsp: no: No such file or directory",
        "go-asm-lsp: none: No such file or directory",
    ]


def test_files_that_are_not_assembly(package: Path, run: Run) -> None:
    result = run("check", "f.go")
    assert result.status == 2
    assert result.err == "go-asm-lsp: f.go: neither a folder nor a .s file\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs links and pipes")
def test_things_that_cannot_be_read(package: Path, run: Run) -> None:
    os.symlink("nowhere", package / "dangling_amd64.s")
    os.mkfifo(package / "pipe_amd64.s")
    (package / "folder.s").mkdir()
    result = run("check", "./...")
    assert result.status == 2
    assert result.err.splitlines() == [
        "go-asm-lsp: ./dangling_amd64.s: No such file or directory",
        "go-asm-lsp: ./pipe_amd64.s: not a regular file",
    ]


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_folder_without_permission(package: Path, run: Run) -> None:
    write(package, "f_amd64.s", BAD)
    locked = package / "locked"
    locked.mkdir()
    locked.chmod(0)
    try:
        result = run("check", "./...")
    finally:
        locked.chmod(stat.S_IRWXU)
    assert result.lines == [f"f_amd64.s:{LINE}"]
    assert result.status == 2
    assert result.err == "go-asm-lsp: locked: Permission denied\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\0", id="NUL"),
        pytest.param(b"TEXT \xff\xfe(SB), 4, $0\n", id="no UTF-8"),
        pytest.param(b"TEXT \xc2\xb7f(SB), 4, $0-16\r\n\tRET\r\n", id="CRLF"),
        pytest.param(b"/* never ends", id="unterminated comment"),
        pytest.param(b"#define X \\", id="backslash at the end"),
        pytest.param(b"MOVQ AX", id="no final newline"),
        pytest.param(b".globl main\nmain:\n\tpushq %rbp\n\tmovl $0, %eax\n", id="GNU assembly"),
    ],
)
def test_odd_files_end_in_order(package: Path, run: Run, text: bytes) -> None:
    write(package, "odd_amd64.s", text)
    result = run("check", ".")
    assert result.status in (0, 1)
    assert result.err == ""


def test_broken_go_file_is_no_obstacle(package: Path, run: Run) -> None:
    write(package, "g.go", "package w\n\nfunc (((\n")
    write(package, "f_amd64.s", BAD)
    assert run("check", ".").lines == [f"f_amd64.s:{LINE}"]


def test_json_lines(package: Path, run: Run) -> None:
    write(package, "f_amd64.s", BAD.replace("\tMOVQ x", "\t/* é */ MOVQ x"))
    (line,) = run("check", "--format", "json", ".").lines
    assert json.loads(line) == {
        "path": "f_amd64.s",
        "goarch": ["amd64"],
        "line": 2,
        "column": 16,  # in bytes
        "end_line": 2,
        "end_column": 23,
        "code": "asmdecl/invalid-offset",
        "severity": "warning",
        "message": MESSAGE,
    }


def test_github_annotations(package: Path, run: Run) -> None:
    write(package, "a,b%c/f.go", GO)
    write(package, "a,b%c/f_amd64.s", BAD)
    assert run("check", "--format", "github", "./...").lines == [
        "::warning file=a%2Cb%25c/f_amd64.s,line=2,endLine=2,col=7,endColumn=14,"
        f"title=asmdecl/invalid-offset::{MESSAGE}"
    ]


def test_one_finding_for_several_architectures(package: Path, run: Run) -> None:
    write(package, "f_amd64.s", "")
    write(package, "f_ppc64x.s", "//go:build ppc64 || ppc64le\n\n" + BAD.replace("MOVQ", "MOVD"))
    (line,) = run("check", "--format", "json", ".").lines
    assert json.loads(line)["goarch"] == ["ppc64", "ppc64le"]
    (line,) = run("check", "--format", "json", "--goarch", "ppc64le", ".").lines
    assert json.loads(line)["goarch"] == ["ppc64le"]
    assert run("check", "--goarch", "amd64,arm64", ".").out == ""
    assert len(run("check", "--goarch", "all", ".").lines) == 1


@pytest.mark.parametrize(
    ("options", "is_shown"),
    [
        (["--select", "asmdecl"], True),
        (["--select", "asmdecl/invalid-offset"], True),
        (["--select", "framepointer,asmdecl/inv"], True),
        (["--select", "framepointer"], False),
        (["--ignore", "asmdecl/"], False),
        (["--ignore", "framepointer"], True),
        (["--select", "asmdecl", "--ignore", "asmdecl/invalid-offset"], False),
    ],
)
def test_select_and_ignore(package: Path, run: Run, options: list[str], is_shown: bool) -> None:
    write(package, "f_amd64.s", BAD)
    result = run("check", *options, ".")
    assert bool(result.out) == is_shown
    assert result.status == int(is_shown)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["check"], "the following arguments are required: PATH"),
        (["check", "--goarch", "z80", "."], "'z80' is none of auto, all, 386"),
        (["check", "--goos", "vms", "."], "no operating system is called 'vms'"),
        (["check", "--format", "xml", "."], "invalid choice: 'xml'"),
        (["check", "--select", "nonsense", "."], "no finding has a code that starts with"),
        (["check", "--ignore", "nonsense", "."], "no finding has a code that starts with"),
        (["check", "--goroot", ".", "."], ". is not a Go distribution"),
        (["check", "--overlay", "none.json", "."], "none.json: No such file or directory"),
        (["check", "--overlay", "f.go", "."], "f.go: not JSON"),
        (["check", "--jobs", "-1", "."], "'-1' is not a number of processes"),
        (["explain", "asmdecl/wrong"], "no finding is called 'asmdecl/wrong'"),
        (["frame", "none.s"], "cannot be read"),
        (["frame", "f_amd64.s:g"], "no function g; the file defines f"),
        (["frame", "f.go"], "not Go assembly"),
        (["asmhdr", "none"], "none: no such folder"),
        (["asmhdr", "empty"], "empty: no Go files for "),
        (["frobnicate"], "invalid choice: 'frobnicate'"),
        (["--tcp", "nowhere"], "'nowhere' is not HOST:PORT"),
        (["--tcp", "0.0.0.0:8000"], "0.0.0.0 is not this machine"),
    ],
)
def test_what_cannot_be_done(package: Path, run: Run, arguments: list[str], complaint: str) -> None:
    (package / "empty").mkdir()
    result = run(*arguments)
    assert result.status == 2
    assert result.out == ""
    assert complaint in result.err
    assert "Traceback" not in result.err


def test_overlay(package: Path, run: Run) -> None:
    bad = write(package, "elsewhere/bad.txt", BAD)
    write(package, "g_amd64.s", BAD.replace("·f", "·g"))
    replaced = {"f_amd64.s": str(bad), str(package / "g_amd64.s"): ""}
    overlay = write(package, "overlay.json", json.dumps({"Replace": replaced}))
    result = run("check", "--overlay", str(overlay), "f_amd64.s")
    assert result.lines == [f"f_amd64.s:{LINE}"]


@pytest.mark.parametrize("content", ["[]", '{"Replace": []}', '{"Replace": {"f_amd64.s": 1}}'])
def test_overlay_that_is_none(package: Path, run: Run, content: str) -> None:
    write(package, "overlay.json", content)
    result = run("check", "--overlay", "overlay.json", ".")
    assert result.status == 2
    assert result.err.startswith("go-asm-lsp: overlay.json: ")


def test_build_tags_and_systems(package: Path, run: Run) -> None:
    write(package, "g_amd64.s", "//go:build special\n\n" + BAD)
    write(package, "h_windows_amd64.s", BAD)
    write(package, "i.s", "//go:build linux && amd64 || plan9 && 386\n\n" + BAD)

    def files(*options: str) -> list[str]:
        return [line.partition(":")[0] for line in run("check", *options, ".").lines]

    assert files() == ["h_windows_amd64.s", "i.s", "i.s"]
    assert files("--goos", "linux", "--tags", "special") == ["g_amd64.s", "i.s"]
    assert files("--goos", "windows") == ["h_windows_amd64.s"]
    assert files("--goos", "plan9", "--goarch", "all") == ["i.s"]
    assert files("--goos", "freebsd") == []


def test_file_that_is_too_large_is_named(package: Path, run: Run) -> None:
    write(package, "big_amd64.s", b"// " + b"x" * (20 << 20))
    write(package, "f_amd64.s", BAD)
    result = run("check", ".")
    assert result.lines == [f"f_amd64.s:{LINE}"]
    assert result.err == "go-asm-lsp: big_amd64.s: too large to be analysed\n"
    assert result.status == 2


def test_sample_has_the_findings_its_readme_tells_of(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SAMPLE.parent)
    result = run("check", "sample/...")
    expected = [f"sample/vector/{name}:{line}" for name, lines in FOUND.items() for line in lines]
    assert result.lines == expected
    assert result.status == 1


def test_processes_change_nothing_but_time(run: Run) -> None:
    paths = [str(Path(GOROOT) / "src" / "hash" / "..."), str(SAMPLE / "...")]
    alone = run("check", "--jobs", "1", *paths)
    together = run("check", "--jobs", "2", *paths)
    assert str(SAMPLE / "vector" / "vector_amd64.s") in together.out
    assert (alone.status, alone.out, alone.err) == (together.status, together.out, together.err)


def test_frame_as_text(package: Path, run: Run) -> None:
    result = run("frame", "f_amd64.s:f")
    assert result.status == 0
    assert result.lines[0] == "f on amd64, ABI0: declared $0-16, the prologue takes 0 bytes"
    assert "func f(x int64) int64" in result.lines
    assert "x     x+0(FP)         0     8  int64  argument" in result.lines


def test_frame_of_another_architecture(package: Path, run: Run) -> None:
    result = run("frame", "--goarch", "arm64", "f_amd64.s")
    assert result.lines[0].startswith("f on arm64, ABI0")


def test_frame_as_json(package: Path, run: Run) -> None:
    (line,) = run("frame", "--format", "json", "f_amd64.s:·f").lines
    frame = json.loads(line)
    assert (frame["function"], frame["goarch"], frame["size"]) == ("f", "amd64", 0)
    assert [slot["operand"] for slot in frame["slots"]] == ["ret+8(FP)", "x+0(FP)", ""]


def test_frame_as_image(package: Path, run: Run) -> None:
    assert run("frame", "--format", "svg", "f_amd64.s").out.startswith("<svg ")
    write(package, "f_amd64.s", GOOD + "\nTEXT g<>(SB), 4, $0\n\tRET\n")
    result = run("frame", "--format", "svg", "f_amd64.s")
    assert result.status == 2
    assert "an image shows one function, name one of f, g" in result.err


def test_go_asm_h(package: Path, run: Run) -> None:
    write(package, "c.go", "package w\n\nconst n = 3\n\ntype t struct{ a byte; b int }\n")
    result = run("asmhdr", "--goarch", "386", ".")
    assert result.lines[1:] == [
        "",
        "#define const_n 3",
        "#define t__size 8",
        "#define t_a 0",
        "#define t_b 4",
    ]


def test_explain_tells_about_each_code(run: Run) -> None:
    listed = [line.split()[0] for line in run("explain").lines]
    assert listed == list(CODES)
    for code in CODES:
        result = run("explain", code)
        assert result.status == 0
        assert result.lines[0] == code
        assert len(result.lines) > 2


def test_explain_suggests_what_was_meant(run: Run) -> None:
    result = run("explain", "invalid-offset")
    assert "near it: asmdecl/invalid-offset" in result.err


def test_version(run: Run) -> None:
    assert run("version").out == f"go-asm-lsp {__version__}\n"


def test_help_says_what_there_is(run: Run) -> None:
    result = run("--help")
    assert result.status == 0
    for command in ("check", "frame", "asmhdr", "explain", "version", "--stdio", "--tcp"):
        assert command in result.out


# What follows needs a process of its own.

COMMAND = [sys.executable, "-m", "go_asm_lsp"]


def test_utf8_in_any_locale(package: Path) -> None:
    write(package, "größe/f.go", "package w\n\nfunc größe(x int64)\n")
    write(package, "größe/f_amd64.s", "TEXT ·größe(SB), 4, $0-8\n\tMOVL x+0(FP), AX\n\tRET\n")
    finished = subprocess.run(
        [*COMMAND, "check", "./..."],
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        check=False,
        timeout=60,
    )
    shown = finished.stdout.decode("utf-8")
    assert shown.startswith("größe/f_amd64.s:2:7: [amd64] größe: invalid MOVL of x+0(FP)")
    assert finished.stderr == b""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
def test_reader_that_goes_away(package: Path) -> None:
    write(package, "f_amd64.s", BAD)
    reader, writer = os.pipe()
    os.close(reader)
    process = subprocess.Popen(
        [*COMMAND, "check", "."], stdout=writer, stderr=subprocess.PIPE, text=True
    )
    os.close(writer)
    _, err = process.communicate(timeout=60)
    assert err == ""
    assert process.returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("is_for_all", [True, False])
def test_interrupt_ends_quietly(is_for_all: bool) -> None:
    process = subprocess.Popen(
        [*COMMAND, "check", "--jobs", "2", "--goarch", "all", f"{GOROOT}/src/..."],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Whoever runs the tests in the background lets their children ignore interrupts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    time.sleep(2.5)
    assert process.poll() is None
    # A terminal interrupts workers too, `kill -INT` the process alone.
    (os.killpg if is_for_all else os.kill)(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=10)
    assert err == ""
    assert process.returncode == 130


def test_checking_needs_no_protocol_library() -> None:
    program = (
        "import sys\n"
        "from go_asm_lsp.cli import main\n"
        f"main(['check', {str(SAMPLE)!r}])\n"
        "assert not {'pygls', 'lsprotocol', 'asyncio'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_help_needs_no_analysis() -> None:
    program = (
        "import sys\n"
        "from go_asm_lsp.cli import main\n"
        "main(['--help'])\n"
        "assert not {'tree_sitter', 'go_asm_lsp.workspace'} & set(sys.modules)\n"
    )
    subprocess.run(
        [sys.executable, "-c", program], check=True, timeout=60, stdout=subprocess.DEVNULL
    )


def test_workers_may_be_started_afresh() -> None:
    # As on systems that cannot fork.
    program = (
        "import multiprocessing, sys\n"
        "from go_asm_lsp.cli import check, main\n"
        "check.get_context = lambda _: multiprocessing.get_context('spawn')\n"
        f"sys.exit(main(['check', '--jobs', '2', {str(SAMPLE / '...')!r}]))\n"
    )
    finished = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
    )
    assert finished.stderr == ""
    assert len(finished.stdout.splitlines()) == sum(map(len, FOUND.values()))
    assert finished.returncode == 1
