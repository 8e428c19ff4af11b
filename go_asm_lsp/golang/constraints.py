"""Which files a build configuration takes: file names, //go:build and // +build lines.

The rules are those of go/build and go/build/constraint. What a file is for once it is taken
(a test, an assembly file, a header) is the business of `packages`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from go_asm_lsp.golang.expressions import (
    BLANKS,
    NEVER,
    Expression,
    is_go_build,
    parse_go_build,
    parse_plus_build,
)
from go_asm_lsp.golang.model import GOARCHES, BuildConfiguration
from go_asm_lsp.golang.platforms import KNOWN_ARCH, KNOWN_OS, operating_systems
from go_asm_lsp.golang.tags import satisfied_tags

# To find the imports, go/build needs no semicolons and takes them for blanks.
_BLANK_OR_COMMENT = re.compile(rb"(?:[ \f\t\r\n;]+|//[^\n]*|/\*.*?\*/)*", re.S)
_BOM = b"\xef\xbb\xbf"


def file_matches(name: str, source: bytes, configuration: BuildConfiguration) -> bool:
    """Tells whether a build takes a file, by its name and the comments at its start."""
    tags = satisfied_tags(configuration)
    return name_matches(name, tags) and all(e.holds(tags) for e in constraints(name, source))


def name_matches(name: str, tags: frozenset[str]) -> bool:
    """Tells whether a file's name lets it into a build that satisfies `tags`.

    Names that begin with `_` or `.` are never in. Everything before the first `_` is free, so
    `linux.s` says nothing; `_unix` is no suffix of an operating system.
    """
    return not name.startswith(("_", ".")) and all(word in tags for word in name_tags(name))


def name_tags(name: str) -> tuple[str, ...]:
    """Answers the GOOS and GOARCH that a file's name asks for."""
    words = name.partition(".")[0].split("_")
    if words[-1] == "test":
        words.pop()
    # What is before the first underscore never counts.
    if len(words) >= 3 and words[-1] in KNOWN_ARCH and words[-2] in KNOWN_OS:
        return words[-2], words[-1]
    if len(words) >= 2 and (words[-1] in KNOWN_OS or words[-1] in KNOWN_ARCH):
        return (words[-1],)
    return ()


def constraints(name: str, source: bytes) -> tuple[Expression, ...]:
    """Answers the build expressions at the start of a file; a build takes it if all hold.

    A `//go:build` line makes every `// +build` line void. Where the go command gives up on a
    file, no build takes it.
    """
    source = source.removeprefix(_BOM)
    end = skip_blanks(source, 0)
    is_go = name.endswith(".go")
    if b"\0" in source[: end + 1] or (source[end : end + 1] == b"/" and not is_go):
        # Where the go command fails to read so far, it gives up on a Go file and takes any
        # other as it is.
        return (NEVER,) if is_go else ()
    if is_go and source.startswith(b"package", end):
        # Nothing on the line of the package clause counts, blanks before it included.
        end = source.rfind(b"\n", 0, end) + 1
    elif is_go:
        end = len(source)
    header = source[:end]
    if b"build" not in header:
        return ()
    go_build: list[str] = []
    plus_build: list[str] = []
    unsure: list[str] = []  # until a blank line follows, they may belong to the package clause
    for line, may_be_old in _comment_lines(header):
        if is_go_build(line):
            go_build.append(line)
        elif not may_be_old:
            continue
        elif not line:
            plus_build += unsure
            unsure.clear()
        else:
            unsure.append(line)
    if go_build:
        return (parse_go_build(go_build[0]) if len(go_build) == 1 else NEVER,)
    old = (parse_plus_build(line) for line in plus_build)
    return tuple(expression for expression in old if expression)


def skip_blanks(source: bytes, position: int) -> int:
    """Answers where the first text is that is neither blank nor comment."""
    blanks = _BLANK_OR_COMMENT.match(source, position)
    return blanks.end() if blanks else position


def _comment_lines(header: bytes) -> Iterator[tuple[str, bool]]:
    """Yields trimmed lines up to the first text that is no comment.

    Blank lines and `//` comments come out, but not what is inside `/* */`. The flag tells
    whether no other line came before, which is where `// +build` still counts.
    """
    only_line_comments = True
    in_block = False
    start = 0
    while start < len(header):
        end = header.find(b"\n", start)
        end = len(header) if end < 0 else end
        line = header[start:end].decode("utf-8", "surrogateescape").strip(BLANKS)
        start = end + 1
        if not line and only_line_comments:
            yield line, True
            continue
        if not line.startswith("//"):
            only_line_comments = False
        elif not in_block:
            yield line, only_line_comments
        while line:
            if in_block:
                _, closing, line = line.partition("*/")
                in_block = not closing
                line = line.strip(BLANKS)
            elif line.startswith("//"):
                break
            elif line.startswith("/*"):
                in_block = True
                line = line[2:].strip(BLANKS)
            else:
                return


def configurations_of(
    name: str, source: bytes, default: BuildConfiguration, goarches: Sequence[str] = ()
) -> tuple[BuildConfiguration, ...]:
    """Answers the builds to analyse a file for: one for each of `goarches` that takes it.

    Without `goarches` they are all that the file names, and the default's alone for a file
    that says nothing of architectures. The default's GOOS is kept where the file builds for
    it, else it is the most common one that fits. The default's own architecture comes first.
    Empty when no build takes the file.
    """
    expressions = constraints(name, source)
    asked = frozenset(name_tags(name)).union(*(e.tags() for e in expressions))
    if not goarches:
        names_some = any(tag.partition(".")[0] in KNOWN_ARCH for tag in asked)
        goarches = GOARCHES if names_some else (default.goarch,)
    found = []
    for systems in _candidates(default, tuple(goarches)):
        for configuration, tags in systems:
            if name_matches(name, tags) and all(e.holds(tags) for e in expressions):
                found.append(configuration)
                break
    return tuple(found)


@lru_cache(maxsize=64)
def _candidates(
    default: BuildConfiguration, goarches: tuple[str, ...]
) -> tuple[tuple[tuple[BuildConfiguration, frozenset[str]], ...], ...]:
    """Answers the builds for each architecture in the order of preference, with their tags."""
    ordered = sorted(goarches, key=lambda goarch: goarch != default.goarch)
    return tuple(
        tuple((each, satisfied_tags(each)) for each in _systems(default, goarch))
        for goarch in ordered
    )


def _systems(default: BuildConfiguration, goarch: str) -> Iterator[BuildConfiguration]:
    """Yields the builds for one architecture, that for the default's system first.

    cgo needs a C compiler for the target, which only the default has.
    """
    systems = operating_systems(goarch)
    for goos in sorted(systems, key=lambda goos: goos != default.goos):
        is_default = (goos, goarch) == (default.goos, default.goarch)
        yield replace(default, goos=goos, goarch=goarch, cgo=default.cgo and is_default)
