"""`go-asm-lsp frame`: the frames of a file's functions as text, SVG or JSON."""

from __future__ import annotations

import json
import os
import sys

from go_asm_lsp.cli.arguments import CommandError
from go_asm_lsp.cli.build import absolute
from go_asm_lsp.features.frame_svg import frame_svg
from go_asm_lsp.features.markup.document import Document, paragraph
from go_asm_lsp.features.markup.frame import argument_table, stack_picture, summary
from go_asm_lsp.features.markup.render import to_plain
from go_asm_lsp.semantics.frame_layout import FrameLayout, frame_layout
from go_asm_lsp.semantics.model import Function
from go_asm_lsp.workspace import Workspace


def split_target(target: str) -> tuple[str, str]:
    """Splits FILE[:FUNC] into an absolute path and a name, which may be empty."""
    path, name = target, ""
    if not os.path.exists(target) and ":" in target:
        path, _, name = target.rpartition(":")
    return absolute(path), name.removeprefix("·")


def print_frames(workspace: Workspace, path: str, name: str, output: str) -> int:
    """Prints the frame of one function, or of all in the file."""
    if workspace.source(path) is None:
        raise CommandError(f"{path}: cannot be read")
    model = workspace.model(path)
    if model is None:
        raise CommandError(f"{path}: not Go assembly")
    functions = [f for f in model.functions if not name or f.name == name]
    known = ", ".join(function.name for function in model.functions) or "none"
    if not functions:
        raise CommandError(f"{path}: no function {name}; the file defines {known}")
    if output == "svg" and len(functions) > 1:
        raise CommandError(f"{path}: an image shows one function, name one of {known}")
    for index, function in enumerate(functions):
        layout = frame_layout(function, model.configuration.goarch, model.import_path)
        if output == "svg":
            sys.stdout.write(frame_svg(layout))
        elif output == "json":
            sys.stdout.write(frame_json(layout) + "\n")
        else:
            sys.stdout.write(
                ("\n" if index else "") + _frame_text(function, layout, model.import_path) + "\n"
            )
    return 0


def _frame_text(function: Function, layout: FrameLayout, import_path: str) -> str:
    blocks = [paragraph(summary(layout))]
    if function.prototype:
        blocks.append(paragraph(function.prototype.signature))
    table = argument_table(function.frame, import_path) if function.frame else ()
    return to_plain(Document((*blocks, *table, stack_picture(layout))))


def frame_json(layout: FrameLayout) -> str:
    """Answers a layout as one line of JSON; sizes and offsets are in bytes."""
    return json.dumps(
        {
            "function": layout.function,
            "goarch": layout.goarch,
            "abi": layout.abi,
            "frame": layout.frame,
            "arguments": layout.arguments,
            "size": layout.size,
            "stack_pointer": layout.stack_pointer,
            "is_inferred": layout.is_inferred,
            "slots": [
                {
                    "role": slot.role.value,
                    "name": slot.name,
                    "operand": slot.operand,
                    "type": slot.type,
                    "size": slot.size,
                    "from_fp": slot.from_fp,
                    "from_sp": slot.from_sp,
                    "meaning": slot.meaning,
                    "uses": len(slot.uses),
                }
                for slot in layout.slots
            ],
        },
        ensure_ascii=False,
    )
