from __future__ import annotations

from itertools import pairwise

import pytest

from go_asm_lsp.golang.versions import (
    escape_path,
    go_version_key,
    is_semver,
    semver_key,
    unescape_path,
)

_ASCENDING = (
    "not a version",
    "v0.0.0-20190101000000-0123456789ab",
    "v0.0.0",
    "v0.1.0",
    "v1.0.0-0",
    "v1.0.0-2",
    "v1.0.0-10",
    "v1.0.0-alpha",
    "v1.0.0-alpha.1",
    "v1.0.0-alpha.beta",
    "v1.0.0-rc1",
    "v1.0.0",
    "v1.0.1-0.20200101000000-0123456789ab",
    "v1.2.0",
    "v1.10.0",
    "v2.0.0+incompatible",
)


@pytest.mark.parametrize(("older", "newer"), list(pairwise(_ASCENDING)), ids=str)
def test_semantic_versions_ascend(older: str, newer: str) -> None:
    assert semver_key(older) < semver_key(newer)


def test_versions_without_minor_are_short() -> None:
    assert semver_key("v1") == semver_key("v1.0") == semver_key("v1.0.0+meta")


@pytest.mark.parametrize(
    "text", ["", "1.2.3", "v01.2.3", "v1.2.3.4", "v1.2.3\n", "v1.2.x", "v٣", "v" + "9" * 9999]
)
def test_no_semantic_version(text: str) -> None:
    assert not is_semver(text)


_GO_ASCENDING = ("1", "1.9", "1.17", "1.20", "1.21", "1.21rc1", "1.21rc2", "1.21.0", "1.21.3", "2")


@pytest.mark.parametrize(("older", "newer"), list(pairwise(_GO_ASCENDING)), ids=str)
def test_go_versions_ascend(older: str, newer: str) -> None:
    assert () < go_version_key(older) < go_version_key(newer)


def test_before_121_the_language_version_is_the_first_release() -> None:
    assert go_version_key("1.20") == go_version_key("1.20.0")


@pytest.mark.parametrize("text", ["", "go1.20", "1.", "1.20-dev", "latest", "1." + "9" * 9999])
def test_no_go_version(text: str) -> None:
    assert go_version_key(text) == ()


def test_escaped_paths() -> None:
    assert escape_path("github.com/BurntSushi/toml") == "github.com/!burnt!sushi/toml"
    assert unescape_path("github.com/!burnt!sushi/toml") == "github.com/BurntSushi/toml"


def test_long_numbers_in_pre_releases() -> None:
    assert semver_key("v1.0.0-" + "9" * 9999) < semver_key("v1.0.0")
