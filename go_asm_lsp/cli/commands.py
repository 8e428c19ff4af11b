"""Runs what the command line asks for, and turns what goes wrong into one line for people.

Each command imports what it needs, so that help and version are there at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches

from go_asm_lsp import __version__
from go_asm_lsp.cli.arguments import BuildOptions, CommandError, parser


def run(given: Sequence[str]) -> int:
    """Runs one command; never raises for what a user or the system does."""
    _speak_utf8()
    arguments = parser()
    try:
        options = arguments.parse_args(given)
    except SystemExit as stop:  # argparse has printed help or what was wrong
        return stop.code if isinstance(stop.code, int) else 2
    try:
        status = _run(options, arguments)
        sys.stdout.flush()
    except CommandError as error:
        sys.stderr.write(f"go-asm-lsp: {error}\n")
        return 2
    except BrokenPipeError:
        # The reader has gone. Python would complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except OSError as error:
        sys.stderr.write(f"go-asm-lsp: {error}\n")
        return 2
    return status


def _speak_utf8() -> None:
    """Prints UTF-8 whatever the locale, and names of files as the system gave them."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")


def _run(options: argparse.Namespace, arguments: argparse.ArgumentParser) -> int:
    match options.command:
        case "check":
            return _check(options)
        case "frame":
            return _frame(options)
        case "asmhdr":
            return _asmhdr(options)
        case "explain":
            return _explain(options.code)
        case "version":
            sys.stdout.write(f"go-asm-lsp {__version__}\n")
            return 0
    if options.tcp:
        return _serve_tcp(options.tcp)
    if options.stdio:
        from go_asm_lsp.lsp.startup import serve_stdio

        return serve_stdio()
    arguments.print_help()
    return 2


def _build_options(options: argparse.Namespace, goarches: tuple[str, ...]) -> BuildOptions:
    return BuildOptions(goarches, options.goos, options.tags, options.goroot, options.overlay)


def _check(options: argparse.Namespace) -> int:
    from go_asm_lsp.cli.check import CheckOptions, check

    build = _build_options(options, options.goarch)
    wanted = CheckOptions(build, options.format, options.select, options.ignore, options.jobs)
    return check(options.paths, wanted)


def _frame(options: argparse.Namespace) -> int:
    from go_asm_lsp.cli.build import environment_of, open_workspace
    from go_asm_lsp.cli.frame import print_frames, split_target

    build = _build_options(options, _one(options.goarch))
    path, function = split_target(options.target)
    workspace = open_workspace(build, environment_of(build, path.rpartition("/")[0]))
    return print_frames(workspace, path, function, options.format)


def _asmhdr(options: argparse.Namespace) -> int:
    from go_asm_lsp.cli.build import absolute, environment_of, open_workspace
    from go_asm_lsp.golang.asmhdr import header_text

    build = _build_options(options, _one(options.goarch))
    directory = absolute(options.directory)
    workspace = open_workspace(build, environment_of(build, directory))
    if not os.path.isdir(directory):
        raise CommandError(f"{options.directory}: no such folder")
    package = workspace.package(directory, workspace.environment.configuration)
    if package is None:
        configuration = workspace.environment.configuration
        built = f"{configuration.goos}/{configuration.goarch}"
        raise CommandError(f"{options.directory}: no Go files for {built}")
    sys.stdout.write(header_text(package))
    return 0


def _explain(code: str | None) -> int:
    from go_asm_lsp.checks import CODES, explanation

    if code is None:
        for known in CODES:
            summary = (explanation(known) or "").partition("\n")[0]
            sys.stdout.write(f"{known:32} {summary}\n")
        return 0
    text = explanation(code)
    if text is None:
        near = get_close_matches(code, CODES, n=3, cutoff=0.4)
        hint = f"; near it: {', '.join(near)}" if near else "; `explain` alone lists all"
        raise CommandError(f"no finding is called {code!r}{hint}")
    sys.stdout.write(f"{code}\n\n{text}\n")
    return 0


def _serve_tcp(address: str) -> int:
    from go_asm_lsp.lsp.startup import serve_tcp

    host, colon, port = address.rpartition(":")
    if not colon or not port.isdecimal() or int(port) > 65535:
        raise CommandError(f"{address!r} is not HOST:PORT")
    try:
        return serve_tcp(host.strip("[]"), int(port))
    except ValueError as error:
        raise CommandError(str(error)) from error


def _one(goarch: str | None) -> tuple[str, ...]:
    return (goarch,) if goarch else ()
