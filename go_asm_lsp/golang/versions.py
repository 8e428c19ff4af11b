"""The order of module versions and Go versions, and module paths as folder names."""

from __future__ import annotations

import re

# Longer numbers are in no version, and Python refuses to read much longer ones.
_NUMBER = r"(?:0|[1-9]\d{0,30})"
_SEMVER = re.compile(
    rf"v({_NUMBER})(?:\.({_NUMBER})(?:\.({_NUMBER})(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)?)?",
    re.ASCII,
)
_GO_VERSION = re.compile(
    rf"({_NUMBER})(?:\.({_NUMBER})(?:\.({_NUMBER})|([a-z]+)({_NUMBER})?)?)?", re.ASCII
)

SemverKey = tuple[tuple[int, int, int], bool, tuple[tuple[bool, int, str], ...]]


def semver_key(version: str) -> SemverKey:
    """Answers what orders semantic versions; what is none comes before all.

    A release follows its pre-releases; in these, numbers precede words.
    """
    match = _SEMVER.fullmatch(version)
    if not match:
        return (-1, -1, -1), False, ()
    major, minor, patch, prerelease = match.groups()
    parts = prerelease[1:].split(".") if prerelease else []
    identifiers = tuple(
        (False, int(part), "") if _is_number(part) else (True, 0, part) for part in parts
    )
    return (int(major), int(minor or 0), int(patch or 0)), not prerelease, identifiers


def _is_number(part: str) -> bool:
    return part.isdecimal() and len(part) <= 31


def is_semver(version: str) -> bool:
    return bool(_SEMVER.fullmatch(version))


def go_version_key(version: str) -> tuple[int, ...]:
    """Answers what orders Go versions such as 1.17 and 1.21.3; () for what is none.

    From 1.21 on `1.N` is the language version, which precedes 1.Nrc1 and 1.N.0.
    """
    match = _GO_VERSION.fullmatch(version)
    if not match:
        return ()
    major, minor, patch, kind, number = match.groups()
    if minor is None:
        return int(major), 0, 0, 0, 0
    if kind:
        # Pre-releases are between the bare version and patch 0.
        stages = {"alpha": 1, "beta": 2, "rc": 3}
        return int(major), int(minor), -1, stages.get(kind, 0), int(number or 0)
    if patch is None:
        bare = 0 if (int(major), int(minor)) < (1, 21) else -2
        return int(major), int(minor), bare, 0, 0
    return int(major), int(minor), int(patch), 0, 0


def escape_path(path: str) -> str:
    """Answers a module path or version as the module cache spells it: `!a` for `A`."""
    return re.sub("[A-Z]", lambda letter: "!" + letter[0].lower(), path)


def unescape_path(path: str) -> str:
    """Undoes `escape_path`."""
    return re.sub("!([a-z])", lambda letter: letter[1].upper(), path)
