"""From the PATHs of a command line to .s files, grouped by folder.

`dir/...` goes below a folder as the go command does, but into modules within modules too:
each package is read with the module it lies in.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Folder:
    """Files of one package: base names, and the folder as found and as the user spelled it.

    `top` is the folder that the path on the command line names, absolute.
    """

    directory: str  # absolute, with slashes
    shown: str  # "" for the current folder
    names: tuple[str, ...]
    top: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A path that could not be read, with the system's reason."""

    path: str
    reason: str


def find_files(paths: Sequence[str]) -> Iterator[Folder | Problem]:
    """Yields what to check in the order given, each file once."""
    seen: set[str] = set()
    for path in paths:
        top = _top(path)
        for found in _find(path):
            if isinstance(found, Problem):
                yield found
                continue
            names = tuple(n for n in found.names if f"{found.directory}/{n}" not in seen)
            seen.update(f"{found.directory}/{name}" for name in names)
            if names:
                yield replace(found, names=names, top=top)


def _top(path: str) -> str:
    folder = path.removesuffix("...") or "."
    is_folder = folder != path or os.path.isdir(folder)
    return _slashed(os.path.abspath(folder if is_folder else os.path.dirname(folder)))


def _find(path: str) -> Iterator[Folder | Problem]:
    spelled = _slashed(path)
    if spelled == "..." or spelled.endswith("/..."):
        top = spelled.removesuffix("...")
        yield from _walk(top.rstrip("/") or ("/" if top else "."))
    elif os.path.isdir(path):
        yield from _folder(spelled.rstrip("/") or "/")
    elif not spelled.endswith(".s") and os.path.exists(path):
        yield Problem(path, "neither a folder nor a .s file")
    else:
        reason = _unreadable(path)
        if reason:
            yield Problem(path, reason)
            return
        directory, name = os.path.split(os.path.abspath(path))
        yield Folder(_slashed(directory), _shown(os.path.dirname(spelled)), (name,), "")


def _folder(path: str) -> Iterator[Folder | Problem]:
    try:
        entries = sorted(os.listdir(path))
    except OSError as error:
        yield Problem(path, _reason(error))
        return
    names = []
    for name in entries:
        # The go command ignores files with these initials.
        if not name.endswith(".s") or name.startswith((".", "_")):
            continue
        if os.path.isdir(f"{path}/{name}"):
            continue
        reason = _unreadable(f"{path}/{name}")
        if reason:
            yield Problem(f"{path}/{name}", reason)
        else:
            names.append(name)
    if names:
        yield Folder(_slashed(os.path.abspath(path)), _shown(path), tuple(names), "")


def _walk(path: str) -> Iterator[Folder | Problem]:
    # A stack of our own: folders may lie deeper than Python recurses.
    pending = [path]
    while pending:
        current = pending.pop()
        yield from _folder(current)
        try:
            with os.scandir(current) as entries:
                below = [e.name for e in entries if e.is_dir(follow_symlinks=False)]
        except OSError:
            continue  # _folder has said so
        prefix = "" if current == "." else current.rstrip("/") + "/"
        pending += [prefix + name for name in sorted(below, reverse=True) if _is_walked(name)]


def _is_walked(name: str) -> bool:
    return not name.startswith((".", "_")) and name not in ("testdata", "vendor")


def _unreadable(path: str) -> str | None:
    """Answers why a file cannot be read, or None. Pipes and devices are not opened."""
    try:
        if not os.path.isfile(path):
            os.stat(path)
            return "not a regular file"
        with open(path, "rb"):
            return None
    except (OSError, ValueError) as error:
        return _reason(error)


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


def _shown(path: str) -> str:
    spelled = os.path.normpath(path) if path else ""
    return "" if spelled == "." else _slashed(spelled)


def _slashed(path: str) -> str:
    return path.replace(os.sep, "/") if os.sep != "/" else path
