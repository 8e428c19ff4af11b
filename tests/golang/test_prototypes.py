"""Prototypes as hover and definition show them."""

from __future__ import annotations

import pytest

from tests.golang.loading import go_package

SOURCE = """package p

import "unsafe"

// Sum adds.
//
//	x := Sum(1)
//
//go:noescape
func Sum(a, b int, // both
	s ...string) (ok bool, _ error)

/* Old style.
   Two lines. */
func old(unsafe.Pointer, []T) *T

// Not about it.

func bare()

func Body[P any](x P) (y P) { return x }

func half(a int
func after(x Missing)

type T struct{}

// Limit is the most.
const (
	// Inner counts.
	Inner, Other = 1, 2
)
"""


def test_only_functions_without_a_body_are_prototypes() -> None:
    package = go_package(SOURCE)
    assert package.prototype_names == ("Sum", "old", "bare", "half", "after")
    assert package.prototype("Body") is None
    assert package.prototype("T") is None
    body = package.function("Body")
    assert body
    assert body.has_body
    assert [(each.name, each.type) for each in body.parameters] == [("x", "P"), ("y", "P")]


@pytest.mark.parametrize(
    ("name", "signature", "doc"),
    [
        (
            "Sum",
            "func Sum(a, b int, s ...string) (ok bool, _ error)",
            "Sum adds.\n\n\tx := Sum(1)",
        ),
        ("old", "func old(unsafe.Pointer, []T) *T", "Old style.\nTwo lines."),
        ("bare", "func bare()", ""),
        ("half", "func half(a int", ""),
    ],
)
def test_signature_and_comment(name: str, signature: str, doc: str) -> None:
    prototype = go_package(SOURCE).prototype(name)
    assert prototype
    assert (prototype.signature, prototype.doc) == (signature, doc)


def test_parameters_and_their_places() -> None:
    package = go_package(SOURCE)
    source = SOURCE.encode()
    rows = []
    for name in ("Sum", "old", "after"):
        prototype = package.prototype(name)
        assert prototype
        for each in prototype.parameters:
            span = each.place.span
            text = source[span.start : span.end].decode()
            rows.append((each.name, each.is_named, each.is_result, each.type, text))
    assert rows == [
        ("a", True, False, "int", "a"),
        ("b", True, False, "int", "b"),
        ("s", True, False, "[]string", "s"),
        ("ok", True, True, "bool", "ok"),
        ("_", True, True, "error", "_"),
        ("arg", False, False, "unsafe.Pointer", "unsafe.Pointer"),
        ("arg1", False, False, "[]p.T", "[]T"),
        ("ret", False, True, "*p.T", "*T"),
        ("x", True, False, "Missing", "x"),
    ]


def test_declarations() -> None:
    package = go_package(SOURCE)
    inner = package.declaration("Inner")
    assert inner
    assert (inner.kind, inner.doc, inner.source) == (
        "const",
        "Inner counts.",
        "Inner, Other = 1, 2",
    )
    span = inner.place.span
    assert SOURCE.encode()[span.start : span.end] == b"Inner"
    assert package.declaration("missing") is None
    body = package.declaration("Body")
    assert body
    assert body.source == "func Body[P any](x P) (y P)"
