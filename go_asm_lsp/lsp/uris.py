"""File URIs and paths, both ways, for what clients really send.

A path here has forward slashes on every system, and a Windows drive letter is lower case:
clients spell one drive `C:`, `c:`, `c%3A`. A document that is no file (`untitled:…`) keeps
its URI as its path, so everything behind this module has one kind of name.
"""

from __future__ import annotations

import os
import re
from urllib.parse import quote, unquote

# A path may hold a raw `#` or `?` when the client forgot to encode it: a file URI has neither
# query nor fragment, so what follows the authority is the path as a whole.
_FILE_URI = re.compile(r"file:(?://(?P<host>[^/]*))?(?P<path>.*)", re.IGNORECASE | re.DOTALL)
_DRIVE = re.compile(r"/?([A-Za-z]):(?=[/\\]|\Z)")
_UNRESERVED = "/~!$&'()*+,;=:@"

ON_WINDOWS = os.name == "nt"


def path_of(uri: str, *, on_windows: bool = ON_WINDOWS) -> str:
    """Answers the path a URI names; the URI itself when it is no file's."""
    match = _FILE_URI.fullmatch(uri)
    if match is None:
        return uri
    path = unquote(match["path"], errors="surrogateescape") or "/"
    host = unquote(match["host"] or "")
    if on_windows:
        path = path.replace("\\", "/")
    if host and host.lower() != "localhost":
        return f"//{host}{path}"
    return canonical(path, on_windows=on_windows)


def uri_of(path: str, *, on_windows: bool = ON_WINDOWS) -> str:
    """Answers the URI of a path that `path_of` or the disk gave."""
    if not is_absolute(path, on_windows=on_windows):
        return path
    path = canonical(path, on_windows=on_windows)
    quoted = quote(path, safe=_UNRESERVED, errors="surrogateescape")
    if path.startswith("//"):
        return "file:" + quoted
    return "file://" + quoted if path.startswith("/") else "file:///" + quoted


def canonical(path: str, *, on_windows: bool = ON_WINDOWS) -> str:
    """Spells a path the one way this server compares paths by."""
    if not on_windows:
        return path
    path = path.replace("\\", "/")
    drive = _DRIVE.match(path)
    return drive[1].lower() + ":" + path[drive.end() :] if drive else path


def is_absolute(path: str, *, on_windows: bool = ON_WINDOWS) -> bool:
    """Tells a file's path from the URI of a document that is no file."""
    return path.startswith("/") or (on_windows and _DRIVE.match(path) is not None)
