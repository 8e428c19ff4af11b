"""Draws a frame layout as an SVG image, for the frame panel and to be read in a browser.

Colours are CSS variables that follow light, dark and forced-colour themes, and an editor's own
when the image is part of its page. Each slot is a focusable group with its index, so that the
page around it can answer clicks. The image runs no script.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from go_asm_lsp.semantics.frame_layout import FrameLayout, FrameSlot, Role

_FP_RIGHT, _SP_RIGHT = 52, 112
_BOX_LEFT, _BOX_RIGHT = 132, 452
_SIZE_RIGHT, _NOTE_LEFT, _BRACKET = 508, 520, 812
_WIDTH = 840
_TOP = 74
_ROW = 30
# What XML cannot hold, not even escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_STYLE = """
.goasm-frame {
  --ink: var(--vscode-editor-foreground, #1f2328);
  --muted: var(--vscode-descriptionForeground, #59636e);
  --paper: var(--vscode-editor-background, #ffffff);
  --edge: var(--vscode-contrastBorder, var(--vscode-editorWidget-border, #8c959f));
  --focus: var(--vscode-focusBorder, #0969da);
  --argument: #0969da; --result: #1a7f37; --linkage: #9a6700; --local: #8250df; --padding: #8c959f;
  max-width: 100%; height: auto;
  color: var(--ink); background: var(--paper);
  font: 13px/1 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  .goasm-frame {
    --ink: var(--vscode-editor-foreground, #e6edf3);
    --muted: var(--vscode-descriptionForeground, #9198a1);
    --paper: var(--vscode-editor-background, #0d1117);
    --edge: var(--vscode-contrastBorder, var(--vscode-editorWidget-border, #656c76));
    --focus: var(--vscode-focusBorder, #58a6ff);
    --argument: #58a6ff; --result: #3fb950; --linkage: #d29922; --local: #bc8cff;
    --padding: #656c76;
  }
}
.goasm-frame text { fill: currentColor; dominant-baseline: central; }
.goasm-frame .code, .goasm-frame .offset {
  font-family: var(--vscode-editor-font-family, ui-monospace, "Cascadia Mono", Menlo, Consolas,
    "DejaVu Sans Mono", monospace);
}
.goasm-frame .title { font-size: 16px; font-weight: 600; }
.goasm-frame .offset, .goasm-frame .note, .goasm-frame .axis { font-size: 12px; }
.goasm-frame .offset, .goasm-frame .note, .goasm-frame .axis, .goasm-frame .type {
  fill: var(--muted);
}
.goasm-frame .end { text-anchor: end; }
.goasm-frame .middle { text-anchor: middle; }
.goasm-frame .origin { fill: var(--ink); font-weight: 700; }
.goasm-frame .bracket { stroke: var(--muted); fill: none; }
.goasm-frame .box { stroke: var(--edge); stroke-width: 1; fill: var(--role); fill-opacity: .12; }
.goasm-frame .bar { fill: var(--role); }
.goasm-frame .argument { --role: var(--argument); }
.goasm-frame .result { --role: var(--result); }
.goasm-frame .linkage { --role: var(--linkage); }
.goasm-frame .local { --role: var(--local); }
.goasm-frame .padding { --role: var(--padding); }
.goasm-frame .padding .code { font-style: italic; fill: var(--muted); }
.goasm-frame .slot { outline: none; }
.goasm-frame .slot.used { cursor: pointer; }
.goasm-frame .slot:hover .box { fill-opacity: .24; }
.goasm-frame .slot:focus .box, .goasm-frame .slot:focus-visible .box {
  stroke: var(--focus); stroke-width: 2;
}
.goasm-frame .slot.marked .box { stroke: var(--role); stroke-width: 3; fill-opacity: .34; }
.goasm-frame .slot.marked .code { font-weight: 700; }
.goasm-frame .edge { stroke: var(--ink); stroke-width: 2; }
@media (forced-colors: active) {
  .goasm-frame { --ink: CanvasText; --muted: CanvasText; --paper: Canvas; --edge: CanvasText;
    --focus: Highlight; --argument: CanvasText; --result: CanvasText; --linkage: CanvasText;
    --local: CanvasText; --padding: GrayText; }
  .goasm-frame .slot.marked .box { stroke: Highlight; fill: Highlight; }
}
"""


@dataclass(frozen=True, slots=True)
class _Row:
    index: int
    slot: FrameSlot
    top: int
    height: int

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def middle(self) -> int:
        return self.top + self.height // 2


def frame_svg(layout: FrameLayout, marked: int | None = None) -> str:
    """Answers an SVG document; `marked` is the index of the slot the cursor is on."""
    rows = _rows(layout)
    height = (rows[-1].bottom if rows else _TOP) + 20
    title = f"Stack frame of {layout.function} on {layout.goarch}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="goasm-frame"'
        f' viewBox="0 0 {_WIDTH} {height}"'
        f' width="{_WIDTH}" height="{height}" role="group"'
        ' aria-labelledby="goasm-frame-title goasm-frame-desc">',
        f'<title id="goasm-frame-title">{_xml(title)}</title>',
        f'<desc id="goasm-frame-desc">{_xml(_description(layout))}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect width="{_WIDTH}" height="{height}" fill="var(--paper)"/>',
        _text(16, 24, "title", f"{layout.function}  {layout.goarch}"),
        _text(16, 46, "note", _summary(layout)),
        _text(_FP_RIGHT, _TOP - 12, "axis end", "FP"),
        _text(_SP_RIGHT, _TOP - 12, "axis end", layout.stack_pointer),
        _text(_BOX_LEFT, _TOP - 12, "axis", "▲ higher addresses"),
        _text(_SIZE_RIGHT, _TOP - 12, "axis end", "bytes"),
        '<g role="list">',
        *(_slot(row, layout, is_marked=row.index == marked) for row in rows),
        "</g>",
        _bracket([row for row in rows if row.slot.from_sp >= layout.size], "caller's frame"),
        _bracket([row for row in rows if row.slot.from_sp < layout.size], "this frame"),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _rows(layout: FrameLayout) -> list[_Row]:
    rows: list[_Row] = []
    top = _TOP
    for index, slot in enumerate(layout.slots):
        # Big slots look bigger, but a kilobyte must not be a hundred times a word.
        height = _ROW + min(48, 6 * max(0, (slot.size // 8).bit_length() - 1))
        rows.append(_Row(index, slot, top, height))
        top += height
    return rows


def _slot(row: _Row, layout: FrameLayout, *, is_marked: bool) -> str:
    slot = row.slot
    name = slot.operand or slot.name or slot.role.value
    classes = ["slot", slot.role.value]
    classes += ["marked"] if is_marked else []
    classes += ["used"] if slot.uses else []
    current = ' aria-current="true"' if is_marked else ""
    label = _xml(_label(slot))
    fp = "FP" if slot.from_fp == 0 else f"{slot.from_fp:+}"
    sp = layout.stack_pointer if slot.from_sp == 0 else f"{slot.from_sp:+}"
    width = _BOX_RIGHT - _BOX_LEFT
    parts = [
        f'<g class="{" ".join(classes)}" role="listitem" tabindex="0" data-slot="{row.index}"'
        f' data-from-fp="{slot.from_fp}" data-from-sp="{slot.from_sp}" data-size="{slot.size}"'
        f' aria-label="{label}"{current}>',
        f"<title>{label}</title>",
        f'<rect class="box" x="{_BOX_LEFT}" y="{row.top}" width="{width}" height="{row.height}"/>',
        f'<rect class="bar" x="{_BOX_LEFT}" y="{row.top}" width="4" height="{row.height}"/>',
        _text(_FP_RIGHT, row.bottom - 9, _offset_class(slot.from_fp), fp),
        _text(_SP_RIGHT, row.bottom - 9, _offset_class(slot.from_sp), sp),
        _text(_BOX_LEFT + 14, row.middle, "code", _shorten(name, 38)),
        _text(_BOX_RIGHT - 10, row.middle, "type code end", _shorten(slot.type, 36 - len(name))),
        _text(_SIZE_RIGHT, row.middle, "offset end", str(slot.size)),
        _text(_NOTE_LEFT, row.middle, "note", _shorten(slot.meaning, 46)),
    ]
    if slot.from_fp == 0 or slot.from_sp == 0:
        parts.append(f'<path class="edge" d="M{_BOX_LEFT - 12} {row.bottom}H{_BOX_RIGHT + 12}"/>')
    return "\n".join([*parts, "</g>"])


def _offset_class(offset: int) -> str:
    return "offset end" if offset else "offset end origin"


def _label(slot: FrameSlot) -> str:
    """Says a slot in words, for tooltips and screen readers."""
    words = [slot.operand or slot.name or "unnamed"]
    words += [slot.type] if slot.type else []
    words.append("1 byte" if slot.size == 1 else f"{slot.size} bytes")
    words += [slot.meaning] if slot.meaning else []
    if slot.uses:
        words.append("used once" if len(slot.uses) == 1 else f"used {len(slot.uses)} times")
    return ", ".join(words)


def _bracket(rows: list[_Row], text: str) -> str:
    """Draws, at the right, whose frame these rows are."""
    if not rows:
        return ""
    top, bottom = rows[0].top + 2, rows[-1].bottom - 2
    line = f'<path class="bracket" d="M{_BRACKET - 6} {top}H{_BRACKET}V{bottom}H{_BRACKET - 6}"/>'
    middle = (top + bottom) // 2
    turn = f'transform="rotate(90 {_BRACKET + 12} {middle})"'
    if bottom - top < 8 * len(text):
        return line
    return (
        f'{line}<text class="axis middle" x="{_BRACKET + 12}" y="{middle}" {turn}>'
        f"{_xml(text)}</text>"
    )


def _summary(layout: FrameLayout) -> str:
    frame = "?" if layout.frame is None else str(layout.frame)
    arguments = "" if layout.arguments is None else f"-{layout.arguments}"
    text = f"declared ${frame}{arguments}, {layout.abi}; the prologue takes {layout.size} bytes"
    return text + ("; arguments guessed from their uses" if layout.is_inferred else "")


def _description(layout: FrameLayout) -> str:
    named = [_label(slot) for slot in layout.slots if slot.role is not Role.PADDING]
    return f"{_summary(layout)}. From high addresses to low: " + "; ".join(named) + "."


def _text(x: int, y: int, classes: str, text: str) -> str:
    return f'<text class="{classes}" x="{x}" y="{y}">{_xml(text)}</text>' if text else ""


def _shorten(text: str, length: int) -> str:
    length = max(length, 8)
    return text if len(text) <= length else text[: length - 1] + "…"


def _xml(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text))
