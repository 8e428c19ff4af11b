"""SARIF output against the constraints of the 2.1.0 schema for what is printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from go_asm_lsp.checks import CODES
from go_asm_lsp.cli import main


def only(required: list[str], **properties: Any) -> dict[str, Any]:
    """An object with these members and no others, as SARIF's schema wants most objects."""
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


TEXT = only(["text"], text={"type": "string", "minLength": 1})
POSITIVE = {"type": "integer", "minimum": 1}
REGION = only(
    ["startLine"], startLine=POSITIVE, startColumn=POSITIVE, endLine=POSITIVE, endColumn=POSITIVE
)
PLACE = only(
    ["artifactLocation", "region"],
    artifactLocation=only(
        ["uri"], uri={"type": "string", "format": "uri-reference"}, uriBaseId={"type": "string"}
    ),
    region=REGION,
)
RULE = only(["id"], id={"type": "string"}, shortDescription=TEXT, fullDescription=TEXT, help=TEXT)
RESULT = only(
    ["message"],
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": -1},
    level={"enum": ["none", "note", "warning", "error"]},
    message=TEXT,
    locations={"type": "array", "items": only([], physicalLocation=PLACE)},
    relatedLocations={
        "type": "array",
        "uniqueItems": True,
        "items": only(
            [], id={"type": "integer", "minimum": -1}, message=TEXT, physicalLocation=PLACE
        ),
    },
    properties={"type": "object"},
)
LOG = only(
    ["version", "runs"],
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"},
    runs={
        "type": "array",
        "items": only(
            ["tool"],
            tool=only(
                ["driver"],
                driver=only(
                    ["name"],
                    name={"type": "string"},
                    version={"type": "string"},
                    semanticVersion={"type": "string"},
                    rules={"type": "array", "uniqueItems": True, "items": RULE},
                ),
            ),
            columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
            results={"type": "array", "items": RESULT},
        ),
    },
)


@pytest.fixture
def sarif(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Any:
    def run(files: dict[str, str], *paths: str) -> dict[str, Any]:
        for name, text in {"go.mod": "module w\n", **files}.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        main(["check", "--goos", "linux", "--format", "sarif", *paths])
        document = json.loads(capsys.readouterr().out)
        checker = jsonschema.FormatChecker()
        jsonschema.Draft202012Validator(LOG, format_checker=checker).validate(document)
        (log,) = document["runs"]
        assert isinstance(log, dict)
        return log

    return run


def test_nothing_found(sarif: Any) -> None:
    log = sarif({"f.go": "package w\n"}, ".")
    assert log["results"] == []
    assert [rule["id"] for rule in log["tool"]["driver"]["rules"]] == list(CODES)


def test_findings(sarif: Any, tmp_path: Path) -> None:
    files = {
        "dir é/f.go": "package w\n\nfunc f(größe int64)\n",
        "dir é/f_amd64.s": "TEXT ·f(SB), 4, $0-8\n\t/* 𐐀 */ MOVL größe+0(FP), AX\n\tRET\n",
    }
    for path, shown in (("./...", ""), (str(tmp_path / "..."), f"file://{tmp_path}/")):
        (result,) = sarif(files, path)["results"]
        assert result["ruleId"] == CODES[result["ruleIndex"]] == "asmdecl/invalid-width"
        assert result["level"] == "warning"
        assert result["properties"] == {"goarch": ["amd64"]}
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == f"{shown}dir%20%C3%A9/f_amd64.s"
        assert ("uriBaseId" in place["artifactLocation"]) == (not shown)
        # The character outside the basic plane counts twice, the umlaut once.
        column = len("\t/* ** */ MOVL ") + 1
        assert place["region"] == {
            "startLine": 2,
            "startColumn": column,
            "endLine": 2,
            "endColumn": column + len("größe+0(FP)"),
        }
        (related,) = result["relatedLocations"]
        place = related["physicalLocation"]
        assert place["artifactLocation"]["uri"] == f"{shown}dir%20%C3%A9/f.go"
        assert place["region"]["startLine"] == 3
