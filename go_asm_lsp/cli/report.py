"""Findings as text, JSON lines, SARIF 2.1.0 and GitHub workflow commands."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from go_asm_lsp import __version__
from go_asm_lsp.checks import CODES, explanation
from go_asm_lsp.checks.diagnostic import Diagnostic, Severity
from go_asm_lsp.text import LineIndex, Span

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_SARIF_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
    Severity.HINT: "note",
}
_GITHUB_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
    Severity.HINT: "notice",
}


@dataclass(frozen=True, slots=True)
class Region:
    """A range as people count: from 1, columns in bytes, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class RelatedPlace:
    path: str
    region: Region
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """A finding ready to be printed, free of the file it is in."""

    path: str
    goarches: tuple[str, ...]
    region: Region
    code: str
    severity: Severity
    message: str
    related: tuple[RelatedPlace, ...] = ()


def region(lines: LineIndex, span: Span) -> Region:
    start, end = lines.position(span.start), lines.position(span.end)
    return Region(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def report(
    path: str, lines: LineIndex, diagnostic: Diagnostic, related: tuple[RelatedPlace, ...] = ()
) -> Report:
    return Report(
        path=path,
        goarches=diagnostic.goarches,
        region=region(lines, diagnostic.span),
        code=diagnostic.code,
        severity=diagnostic.severity,
        message=diagnostic.message,
        related=related,
    )


def text_line(found: Report) -> str:
    at = found.region
    return f"{found.path}:{at.line}:{at.column}: {_one_line(found.message)} ({found.code})"


def json_line(found: Report) -> str:
    at = found.region
    return json.dumps(
        {
            "path": _unicode(found.path),
            "goarch": list(found.goarches),
            "line": at.line,
            "column": at.column,
            "end_line": at.end_line,
            "end_column": at.end_column,
            "code": found.code,
            "severity": found.severity.value,
            "message": _unicode(found.message),
        },
        ensure_ascii=False,
    )


def github_line(found: Report) -> str:
    """Answers the workflow command that makes GitHub annotate the line."""
    at = found.region
    properties = (
        f"file={_github_property(found.path)},line={at.line},endLine={at.end_line},"
        f"col={at.column},endColumn={at.end_column},title={_github_property(found.code)}"
    )
    return f"::{_GITHUB_COMMANDS[found.severity]} {properties}::{_github_data(found.message)}"


def sarif_document(reports: Iterable[Report]) -> Iterator[str]:
    """Yields the lines of one SARIF log, a result at a time."""
    rules = json.dumps([_sarif_rule(code) for code in CODES], ensure_ascii=False)
    driver = (
        f'{{"name": "go-asm-lsp", "version": "{__version__}", '
        f'"semanticVersion": "{__version__}", "rules": {rules}}}'
    )
    yield f'{{"$schema": "{_SARIF_SCHEMA}", "version": "2.1.0", "runs": [{{'
    yield f'"tool": {{"driver": {driver}}},'
    yield '"columnKind": "utf16CodeUnits",'
    yield '"results": ['
    separator = ""
    for found in reports:
        yield separator + json.dumps(_sarif_result(found), ensure_ascii=False)
        separator = ","
    yield "]}]}"


def _sarif_rule(code: str) -> dict[str, object]:
    text = explanation(code) or code
    summary = text.splitlines()[0]
    return {
        "id": code,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": text},
        "help": {"text": text},
    }


def _sarif_result(found: Report) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": found.code,
        "level": _SARIF_LEVELS[found.severity],
        "message": {"text": _unicode(found.message)},
        "locations": [{"physicalLocation": _sarif_location(found.path, found.region)}],
        "properties": {"goarch": list(found.goarches)},
    }
    if found.code in CODES:
        result["ruleIndex"] = CODES.index(found.code)
    if found.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": _unicode(place.message)},
                "physicalLocation": _sarif_location(place.path, place.region),
            }
            for number, place in enumerate(found.related)
        ]
    return result


def _sarif_location(path: str, at: Region) -> dict[str, object]:
    uri = quote(path.encode("utf-8", "surrogateescape"), safe="/")
    location: dict[str, object] = {"uri": uri, "uriBaseId": "%SRCROOT%"}
    if posixpath.isabs(path):
        location = {"uri": "file://" + uri}
    elif path[1:3] == ":/":  # a Windows drive
        location = {"uri": f"file:///{path[0]}:{uri.partition('%3A')[2]}"}
    return {
        "artifactLocation": location,
        "region": {
            "startLine": at.line,
            "startColumn": at.column,
            "endLine": at.end_line,
            "endColumn": at.end_column,
        },
    }


def _github_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _github_property(text: str) -> str:
    return _github_data(text).replace(":", "%3A").replace(",", "%2C")


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())


def _unicode(text: str) -> str:
    """Replaces bytes of a path or name that are no UTF-8, which JSON cannot hold."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
