"""One document, as Markdown that shows what it says and as text without any marks."""

from __future__ import annotations

import pytest

from go_asm_lsp.features.markup.document import (
    Block,
    Box,
    Boxes,
    Code,
    CodeBlock,
    Document,
    Inline,
    Items,
    Link,
    Plain,
    Row,
    Strong,
    Table,
    from_doc_comment,
    paragraph,
)
from go_asm_lsp.features.markup.render import to_markdown, to_plain


def both(*blocks: Block) -> tuple[str, str]:
    document = Document(blocks)
    return to_markdown(document, lambda path: f"file://{path}"), to_plain(document)


@pytest.mark.parametrize(
    ("part", "markdown", "plain"),
    [
        (Plain("a plain word"), "a plain word", "a plain word"),
        (Plain("1<<2 *p _x_ [y](z) `q` a|b"), r"1\<\<2 \*p \_x\_ \[y\](z) \`q\` a\|b", None),
        (Plain("- not a list"), r"\- not a list", None),
        (Plain("1. not a list"), r"1\. not a list", None),
        (Plain("# no heading &amp;"), r"\# no heading \&amp;", None),
        (Code("x+8(FP)"), "`x+8(FP)`", "x+8(FP)"),
        (Code("a`b"), "``a`b``", "a`b"),
        (Code("`a"), "`` `a ``", "`a"),
        (Code(""), "", ""),
        (Strong("amd64"), "**amd64**", "amd64"),
        (Link("f.s:3", "/a b/f.s", 3), "[f.s:3](<file:///a b/f.s#L3>)", "f.s:3 (/a b/f.s:3)"),
        (Link("/f.s", "/f.s"), "[/f.s](<file:///f.s>)", "/f.s"),
    ],
)
def test_parts_of_a_sentence(part: Inline, markdown: str, plain: str | None) -> None:
    shown = both(paragraph(part))
    assert shown[0] == markdown
    if plain is not None:
        assert shown[1] == plain


def test_link_without_uris_names_the_place() -> None:
    document = Document((paragraph(Link("f.s:3", "/f.s", 3)),))
    assert to_markdown(document) == "f.s:3 (/f.s:3)"


def test_code_may_hold_fences() -> None:
    markdown, plain = both(CodeBlock("go", "a\n```\nb"))
    assert markdown == "````go\na\n```\nb\n````"
    assert plain == "a\n```\nb"


def test_items() -> None:
    markdown, plain = both(Items(((Code("x"), Plain(": one")), (Plain("two"),))))
    assert markdown == "- `x`: one\n- two"
    assert plain == "- x: one\n- two"


def test_table_is_aligned_in_plain_text() -> None:
    table = Table(
        ("name", "size"),
        (Row((Code("a|b"), Plain("8"))), Row((Code("größe"), Plain("100")), is_marked=True)),
        frozenset({1}),
    )
    markdown, plain = both(table)
    assert markdown == (
        "| name | size |\n| --- | ---: |\n| `a\\|b` | 8 |\n| **`größe`** | **100** |"
    )
    assert plain == "  name   size\n  a|b       8\n▶ größe   100"


def test_wide_characters_take_two_columns() -> None:
    _, plain = both(Table(("a", "b"), (Row((Plain("世界"), Plain("x"))),)))
    assert plain == "a     b\n世界  x"


def test_boxes() -> None:
    boxes = Boxes(
        ("FP", "SP"),
        (
            (
                Box(("+8", "+16"), ("y+8(FP)", "int"), "arguments"),
                Box(("FP →", "+8"), ("x", "int")),
            ),
            (Box(("-8", "SP →"), ("return", "8"), "", is_marked=True),),
        ),
    )
    _, plain = both(boxes)
    assert plain == (
        "  FP    SP\n"
        "             ┌──────────────┐\n"
        "  +8   +16   │ y+8(FP)  int │ arguments\n"
        "FP →    +8   │ x        int │\n"
        "             ├──────────────┤\n"
        "  -8  SP → ▶ │ return   8   │\n"
        "             └──────────────┘"
    )
    assert both(boxes)[0] == f"```text\n{plain}\n```"


@pytest.mark.parametrize(
    ("doc", "blocks"),
    [
        ("", ()),
        ("one\ntwo", (paragraph("one\ntwo"),)),
        ("one\n\ntwo\n", (paragraph("one"), paragraph("two"))),
        (
            "see\n\n\tx := f()\n\n\ty()\n\nend",
            (
                paragraph("see"),
                CodeBlock("", "x := f()\n\ny()"),
                paragraph("end"),
            ),
        ),
    ],
)
def test_doc_comments(doc: str, blocks: tuple[Block, ...]) -> None:
    assert from_doc_comment(doc) == blocks
