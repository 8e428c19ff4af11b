"""URIs as real clients send them."""

from __future__ import annotations

import pytest

from go_asm_lsp.lsp.uris import is_absolute, path_of, uri_of


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///w/a.s", "/w/a.s"),
        ("FILE:///w/a.s", "/w/a.s"),
        ("file:/w/a.s", "/w/a.s"),
        ("file://localhost/w/a.s", "/w/a.s"),
        ("file:///w/a%20b/c.s", "/w/a b/c.s"),
        ("file:///w/a%23b.s", "/w/a#b.s"),
        pytest.param("file:///w/a#b?c.s", "/w/a#b?c.s", id="a client that does not encode"),
        ("file:///w/100%25.s", "/w/100%.s"),
        pytest.param("file:///w/100%.s", "/w/100%.s", id="a lone percent sign"),
        ("file:///w/%C3%A9%E2%88%95.s", "/w/é∕.s"),
        ("file:///w/é.s", "/w/é.s"),
        pytest.param("file:///w/%FF.s", "/w/\udcff.s", id="a name that is not UTF-8"),
        ("untitled:Untitled-1", "untitled:Untitled-1"),
        ("git:/w/a.s?ref", "git:/w/a.s?ref"),
        ("file:", "/"),
        ("", ""),
    ],
)
def test_path_of(uri: str, path: str) -> None:
    assert path_of(uri, on_windows=False) == path


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///c%3A/Users/x/a.s", "c:/Users/x/a.s"),
        ("file:///C:/Users/x/a.s", "c:/Users/x/a.s"),
        ("file:///c:%5CUsers%5Ca.s", "c:/Users/a.s"),
        ("file://server/share/a.s", "//server/share/a.s"),
        ("untitled:Untitled-1", "untitled:Untitled-1"),
    ],
)
def test_path_of_on_windows(uri: str, path: str) -> None:
    assert path_of(uri, on_windows=True) == path


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("/w/a.s", "file:///w/a.s"),
        ("/w/a b#c%d?.s", "file:///w/a%20b%23c%25d%3F.s"),
        ("/w/é∕.s", "file:///w/%C3%A9%E2%88%95.s"),
        ("/w/\udcff.s", "file:///w/%FF.s"),
        ("untitled:Untitled-1", "untitled:Untitled-1"),
    ],
)
def test_uri_of(path: str, uri: str) -> None:
    assert uri_of(path, on_windows=False) == uri
    assert path_of(uri, on_windows=False) == path


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("c:/Users/a b.s", "file:///c:/Users/a%20b.s"),
        ("C:\\Users\\a.s", "file:///c:/Users/a.s"),
        ("//server/share/a.s", "file://server/share/a.s"),
        ("untitled:Untitled-1", "untitled:Untitled-1"),
    ],
)
def test_uri_of_on_windows(path: str, uri: str) -> None:
    assert uri_of(path, on_windows=True) == uri


def test_drive_is_a_path_on_windows_only() -> None:
    assert is_absolute("c:/x", on_windows=True)
    assert not is_absolute("c:/x", on_windows=False)
