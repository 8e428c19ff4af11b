"""Places on the Go side that explain a finding in assembly."""

from __future__ import annotations

from go_asm_lsp.golang.model import Prototype, Slot
from go_asm_lsp.semantics.change import Related


def prototype_place(prototype: Prototype) -> Related:
    place = prototype.place
    return Related(place.path, place.span, prototype.signature)


def slot_place(slot: Slot) -> Related:
    parameter = slot.parameter
    role = "result" if parameter.is_result else "parameter"
    named = f"{parameter.name} {parameter.type}" if parameter.is_named else parameter.type
    where = f"{slot.name}+{slot.offset}(FP), {slot.size} bytes"
    return Related(parameter.place.path, parameter.place.span, f"{role} {named}: {where}")
