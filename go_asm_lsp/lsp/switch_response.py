"""The answer to `goAsm/switchSource`, as docs/protocol.md describes it."""

from __future__ import annotations

from collections.abc import Iterable

from go_asm_lsp.features.switch_source import SourceKind, SwitchTarget
from go_asm_lsp.golang.model import GOARCHES
from go_asm_lsp.lsp import convert
from go_asm_lsp.lsp.files import OpenFileSystem

Json = dict[str, object]


def switch_response(targets: Iterable[SwitchTarget], files: OpenFileSystem) -> Json:
    """Answers where to switch to, the best first."""
    return {"targets": [_target(target, files) for target in targets]}


def _target(target: SwitchTarget, files: OpenFileSystem) -> Json:
    location = convert.to_location(files, target.path, target.span)
    is_one = target.kind is SourceKind.ASSEMBLY and target.label in GOARCHES
    return {
        "uri": location.uri,
        "range": location.range,
        "label": target.label,
        "kind": target.kind.value,
        "goarch": target.label if is_one else None,
    }
