"""The answer to `goAsm/frameLayout`, as docs/protocol.md describes it."""

from __future__ import annotations

from lsprotocol import types

from go_asm_lsp.features.frame_svg import frame_svg
from go_asm_lsp.lsp import convert
from go_asm_lsp.lsp.files import OpenFileSystem
from go_asm_lsp.semantics.cursor import function_at, subject_at
from go_asm_lsp.semantics.frame_layout import FrameSlot, frame_layout, slot_of
from go_asm_lsp.semantics.model import FileModel
from go_asm_lsp.semantics.subject import OnFrame
from go_asm_lsp.text import Span

Json = dict[str, object]


def frame_response(model: FileModel, offset: int, files: OpenFileSystem) -> Json | None:
    """Answers the frame of the function at `offset`; None between functions."""
    function = function_at(model, offset)
    if function is None:
        return None
    goarch = model.configuration.goarch
    layout = frame_layout(function, goarch, model.import_path)
    subject = subject_at(model, offset)
    active = None
    if isinstance(subject, OnFrame):
        slot = slot_of(layout, function, subject.operand)
        active = layout.slots.index(slot) if slot else None
    index = files.index(model.path)
    block = function.origin(Span(0, len(function.block.text))).span
    symbol = function.text.symbol
    name = function.origin(symbol.span if symbol else function.text.keyword).span
    return {
        "function": layout.function,
        "goarch": goarch,
        "goos": model.configuration.goos,
        "abi": layout.abi,
        "frameSize": layout.frame,
        "argumentSize": layout.arguments,
        "stackSize": layout.size,
        "stackPointer": layout.stack_pointer,
        "isInferred": layout.is_inferred,
        "range": convert.to_range(index, block),
        "selectionRange": convert.to_range(index, name),
        "active": None if active is None else str(active),
        "slots": [
            _slot(str(number), slot, model.path, files) for number, slot in enumerate(layout.slots)
        ],
        "svg": frame_svg(layout, active),
    }


def _slot(identifier: str, slot: FrameSlot, path: str, files: OpenFileSystem) -> Json:
    index = files.index(path)
    declaration: types.Location | None = None
    if slot.place:
        declaration = convert.to_location(files, slot.place.path, slot.place.span)
    return {
        "id": identifier,
        "name": slot.name,
        "kind": slot.role.value,
        "fromFP": slot.from_fp,
        "fromSP": slot.from_sp,
        "size": slot.size,
        "type": slot.type or None,
        "meaning": slot.meaning,
        "reference": slot.operand or None,
        "declaration": declaration,
        "uses": [convert.to_range(index, span) for span in slot.uses],
    }
