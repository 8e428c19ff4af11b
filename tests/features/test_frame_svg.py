"""The frame picture is well-formed, complete, themeable and can be walked through."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from go_asm_lsp.features.frame_svg import frame_svg
from go_asm_lsp.golang.model import GOARCHES
from go_asm_lsp.semantics.frame_layout import FrameLayout, frame_layout
from tests.features.fixture import open_fixture

SVG = "{http://www.w3.org/2000/svg}"


def layout_of(text: str, prototype: str, goarch: str = "amd64") -> FrameLayout:
    fixture = open_fixture(
        f"-- f.go --\npackage w\n{prototype}\n-- f_{goarch}.s --\n{text}<|>\n    RET\n",
        "js" if goarch == "wasm" else "linux",
        goarch,
    )
    model = fixture.workspace.model(fixture.path)
    assert model
    return frame_layout(model.functions[0], goarch)


def slots(svg: str) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(svg)
    return [g for g in root.iter(f"{SVG}g") if g.get("data-slot") is not None]


@pytest.mark.parametrize("goarch", GOARCHES)
def test_every_slot_is_a_focusable_named_group(goarch: str) -> None:
    layout = layout_of("TEXT ·f(SB), 4, $32-33", "func f(s string, p *int) bool", goarch)
    drawn = slots(frame_svg(layout))
    assert [g.get("data-slot") for g in drawn] == [str(i) for i in range(len(layout.slots))]
    for group, slot in zip(drawn, layout.slots, strict=True):
        assert group.get("tabindex") == "0"
        assert group.get("data-from-fp") == str(slot.from_fp)
        assert group.get("data-from-sp") == str(slot.from_sp)
        label = group.get("aria-label")
        assert label
        assert str(slot.size) in label
        assert slot.role.value in (group.get("class") or "").split()


def test_image_has_title_and_description() -> None:
    layout = layout_of("TEXT ·f(SB), 4, $0-8", "func f(x int)")
    root = ElementTree.fromstring(frame_svg(layout))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text == "Stack frame of f on amd64"
    assert description is not None
    assert "x+0(FP), int, 8 bytes" in (description.text or "")
    assert (root.get("aria-labelledby") or "").split() == [title.get("id"), description.get("id")]


def test_marked_slot_stands_out_alone() -> None:
    layout = layout_of("TEXT ·f(SB), 4, $0-16", "func f(x, y int)")
    marked = [g for g in slots(frame_svg(layout, 0)) if g.get("aria-current") == "true"]
    assert [g.get("data-slot") for g in marked] == ["0"]
    assert not [g for g in slots(frame_svg(layout)) if g.get("aria-current")]


def test_used_slots_can_be_told() -> None:
    layout = layout_of("TEXT ·f(SB), 4, $0-16\n    MOVQ x+0(FP), AX", "func f(x, y int)")
    used = [g.get("aria-label") for g in slots(frame_svg(layout)) if "used" in g.get("class", "")]
    assert used == ["x+0(FP), int, 8 bytes, used once"]


@pytest.mark.parametrize(
    "prototype",
    [
        'func f(x struct{ a int "json:\\"<a>&\\"" })',
        "func f(x map[string]func(a, b, c, d int) (struct{ q chan<- []byte }, error))",
        "func f(größe int)",
    ],
)
def test_names_and_types_that_xml_must_escape_or_shorten(prototype: str) -> None:
    svg = frame_svg(layout_of("TEXT ·f(SB), 4, $0-8", prototype))
    root = ElementTree.fromstring(svg)
    width = float(root.get("width") or 0)
    for text in root.iter(f"{SVG}text"):
        assert len("".join(text.itertext())) * 7 < width


def test_bytes_that_are_no_text_are_replaced() -> None:
    svg = frame_svg(layout_of("TEXT ·f(SB), 4, $8-0\n    MOVQ AX, a\x01b-8(SP)", "func f()"))
    assert slots(svg)


def test_colours_follow_themes_and_nothing_is_loaded_or_run() -> None:
    svg = frame_svg(layout_of("TEXT ·f(SB), 4, $0-8", "func f(x int)"))
    assert "prefers-color-scheme: dark" in svg
    assert "forced-colors: active" in svg
    assert "--vscode-editor-foreground" in svg
    lowered = svg.lower()
    assert not [bad for bad in ("<script", "onload", "onclick", "href", "url(") if bad in lowered]


def test_frame_with_very_many_slots_stays_bounded() -> None:
    parameters = ", ".join(f"p{i} [100000]byte" for i in range(50))
    svg = frame_svg(layout_of("TEXT ·f(SB), 4, $0-0", f"func f({parameters})"))
    assert len(slots(svg)) == 51
    assert len(svg) < 100_000
