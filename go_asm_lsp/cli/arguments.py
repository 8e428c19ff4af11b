"""What may be written after `go-asm-lsp`."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from go_asm_lsp.golang.model import GOARCHES

FORMATS = ("text", "json", "sarif", "github")
FRAME_FORMATS = ("text", "svg", "json")


class CommandError(Exception):
    """The command cannot do its work; the text is for the user."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """Which builds to look at. `goarches` is () for those each file names ("auto")."""

    goarches: tuple[str, ...] = ()
    goos: str | None = None
    tags: tuple[str, ...] = ()
    goroot: str | None = None
    overlay: str | None = None


def parser() -> argparse.ArgumentParser:
    """Describes the whole command line; `command` and `tcp` tell what was asked for."""
    top = argparse.ArgumentParser(
        prog="go-asm-lsp",
        description="Language server and checker for Go assembly. "
        "Without arguments it serves an editor on standard input and output.",
        epilog="Exit status: 0 nothing found, 1 findings, 2 the command could not do its work.",
        allow_abbrev=False,
    )
    top.add_argument("--stdio", action="store_true", help="serve on standard input and output")
    top.add_argument(
        "--tcp", metavar="HOST:PORT", help="serve one client on a local port, for debugging"
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    _add_check(commands.add_parser("check", help="report what is wrong", allow_abbrev=False))
    _add_frame(commands.add_parser("frame", help="draw a stack frame", allow_abbrev=False))
    _add_asmhdr(commands.add_parser("asmhdr", help="print a go_asm.h", allow_abbrev=False))
    explain = commands.add_parser("explain", help="say what a finding means", allow_abbrev=False)
    explain.add_argument("code", metavar="CODE", nargs="?", help="such as asmdecl/invalid-offset")
    commands.add_parser("version", help="print the version", allow_abbrev=False)
    return top


def _add_check(check: argparse.ArgumentParser) -> None:
    check.description = (
        "Reports what go vet and the assembler would find wrong in assembly files, "
        "for every architecture they are built for. Needs no Go toolchain."
    )
    check.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        help="a .s file, a package's folder, or a folder and /... for all packages below it "
        "(testdata, vendor and names with a leading _ or . left out)",
    )
    check.add_argument(
        "--goarch",
        metavar="LIST",
        type=_goarches,
        default=(),
        help="architectures, separated by commas; auto (default): those a file is built for; all",
    )
    _add_build_options(check)
    check.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    check.add_argument(
        "--select", metavar="CODES", type=_list, default=(), help="report only these (prefixes)"
    )
    check.add_argument(
        "--ignore", metavar="CODES", type=_list, default=(), help="do not report these (prefixes)"
    )
    check.add_argument(
        "--jobs", metavar="N", type=_count, default=0, help="processes; default: one per core"
    )


def _add_frame(frame: argparse.ArgumentParser) -> None:
    frame.description = "Draws the stack frame of an assembly function."
    frame.add_argument("target", metavar="FILE[:FUNC]", help="a .s file, and a function in it")
    _add_goarch(frame)
    _add_build_options(frame)
    frame.add_argument("--format", choices=FRAME_FORMATS, default="text", help="default: text")


def _add_asmhdr(asmhdr: argparse.ArgumentParser) -> None:
    asmhdr.description = (
        "Prints the go_asm.h that `go tool compile -asmhdr` would write for a package."
    )
    asmhdr.add_argument("directory", metavar="DIR", help="a Go package's folder")
    _add_goarch(asmhdr)
    _add_build_options(asmhdr)


def _add_goarch(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--goarch", metavar="ARCH", choices=GOARCHES, help="one of " + ", ".join(GOARCHES)
    )


def _add_build_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--goos", metavar="OS", help="only what is built for this system; default: any a file names"
    )
    command.add_argument(
        "--tags", metavar="TAGS", type=_list, default=(), help="build tags, separated by commas"
    )
    command.add_argument(
        "--goroot", metavar="DIR", help="the Go distribution to read; default: found as go would"
    )
    command.add_argument(
        "--overlay", metavar="FILE", help="JSON that replaces files, as for go build -overlay"
    )


def _goarches(text: str) -> tuple[str, ...]:
    if text == "auto":
        return ()
    if text == "all":
        return GOARCHES
    names = _list(text)
    for name in names:
        if name not in GOARCHES:
            known = ", ".join(GOARCHES)
            raise argparse.ArgumentTypeError(f"{name!r} is none of auto, all, {known}")
    return tuple(dict.fromkeys(names))


def _list(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.replace(" ", ",").split(",") if word)


def _count(text: str) -> int:
    try:
        count = int(text)
    except ValueError:
        count = -1
    if count < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes")
    return count
