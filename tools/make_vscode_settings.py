"""Writes the server's settings into the VS Code extension's manifest.

    python -m tools.make_vscode_settings

`go_asm_lsp.lsp.config.SCHEMA` is the source; the settings `goAsm.server.*`, which only the
extension reads, are kept as they stand in the manifest. A test runs `with_settings` and
compares, so a changed schema cannot be forgotten here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from go_asm_lsp.lsp.config import SCHEMA, Setting

MANIFEST = Path(__file__).resolve().parents[1] / "editors" / "vscode" / "package.json"
OWN_PREFIX = "goAsm.server."


def setting_schema(setting: Setting) -> dict[str, object]:
    """Answers a setting in the form of the manifest's `contributes.configuration`."""
    common = {"scope": "resource", "markdownDescription": setting.description}
    match setting.type:
        case "string" if setting.choices:
            shape = {"type": "string", "enum": list(setting.choices), "default": setting.default}
        case "string":
            shape = {"type": "string", "default": setting.default}
        case "strings":
            items = {"type": "string"}
            shape = {"type": "array", "items": items, "default": list(setting.default)}
        case "levels":
            levels = {"type": "string", "enum": list(setting.choices)}
            shape = {"type": "object", "additionalProperties": levels, "default": {}}
    return {**shape, **common}


def with_settings(manifest_text: str) -> str:
    """Answers the manifest with the settings of the schema."""
    manifest = json.loads(manifest_text)
    configuration = manifest["contributes"]["configuration"]
    own = {
        key: value
        for key, value in configuration["properties"].items()
        if key.startswith(OWN_PREFIX)
    }
    generated = {f"goAsm.{setting.key}": setting_schema(setting) for setting in SCHEMA}
    configuration["properties"] = {**own, **generated}
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    MANIFEST.write_text(with_settings(MANIFEST.read_text()))
    sys.stdout.write(f"wrote {MANIFEST}\n")
