"""Settings in all the shapes that clients send."""

from __future__ import annotations

import dataclasses

import pytest

from go_asm_lsp.checks.diagnostic import Severity
from go_asm_lsp.lsp.config import SCHEMA, Config, read_config


@pytest.mark.parametrize(
    "value",
    [None, {}, [], "goarch", 7, {"goAsm": None}, {"goAsm": {}}, {"goarch": None}, {"goAsm": 3}],
    ids=str,
)
def test_nothing_said_changes_nothing(value: object) -> None:
    base = Config(goarch="arm64", tags=("a",))
    assert read_config(value, base).config == base
    assert read_config(value, base).problems == ()


@pytest.mark.parametrize(
    "value",
    [
        {"goarch": "arm64", "diagnostics": {"lint/x": "off"}},
        {"goAsm": {"goarch": "arm64", "diagnostics": {"lint/x": "off"}}},
        {"goAsm.goarch": "arm64", "goAsm.diagnostics": {"lint/x": "off"}},
        {"goAsm.goarch": "arm64", "goAsm.diagnostics.lint/x": "off"},
        {"goAsm": {"goarch": "arm64"}, "goAsm.diagnostics.lint/x": "off"},
    ],
    ids=str,
)
def test_shapes(value: object) -> None:
    read = read_config(value)
    assert read.problems == ()
    assert read.config == Config(goarch="arm64", levels=(("lint/x", "off"),))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"goarch": "auto"}, Config()),
        ({"goos": "windows"}, Config(goos="windows")),
        ({"goos": "auto"}, Config()),
        ({"tags": ["a", "b"]}, Config(tags=("a", "b"))),
        ({"tags": "a,b c"}, Config(tags=("a", "b", "c"))),
        ({"goroot": "/opt/go"}, Config(goroot="/opt/go")),
        ({"trace": "verbose"}, Config(trace="verbose")),
        ({"trusted": False}, Config()),
    ],
    ids=str,
)
def test_values(value: object, expected: Config) -> None:
    read = read_config(value)
    assert (read.config, read.problems) == (expected, ())


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ({"colour": 1}, "unknown setting goAsm.colour"),
        ({"a": {"b": 1}}, "unknown setting goAsm.a.b"),
        ({"goarch": "z80"}, "setting goAsm.goarch is not one of auto, 386"),
        ({"goarch": 5}, "setting goAsm.goarch is not one of"),
        ({"tags": 5}, "setting goAsm.tags is not a list of words"),
        ({"tags": [5]}, "setting goAsm.tags is not a list of words"),
        ({"goroot": []}, "setting goAsm.goroot is not text"),
        ({"diagnostics": {"lint/x": "loud"}}, "setting goAsm.diagnostics.lint/x is not one of"),
        ({"diagnostics": "off"}, "setting goAsm.diagnostics is not one of"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_the_rest_holds(value: dict[str, object], problem: str) -> None:
    read = read_config({**value, "goos": "plan9"})
    assert read.config == Config(goos="plan9")
    assert [p for p in read.problems if p.startswith(problem)] == list(read.problems) != []


def test_last_level_of_a_code_holds() -> None:
    first = read_config({"diagnostics": {"lint/x": "off", "asm": "hint"}}).config
    config = read_config({"diagnostics": {"lint/x": "error"}}, first).config
    assert config.severity("lint/x", Severity.HINT) is Severity.ERROR
    assert config.severity("asm/syntax", Severity.ERROR) is Severity.HINT
    assert config.severity("lint/y", Severity.HINT) is Severity.HINT


def test_code_off_beats_its_family() -> None:
    config = read_config({"diagnostics": {"asmdecl": "info", "asmdecl/offset": "off"}}).config
    assert config.severity("asmdecl/offset", Severity.WARNING) is None
    assert config.severity("asmdecl/width", Severity.WARNING) is Severity.INFO


def test_schema_names_every_field() -> None:
    fields = {field.name for field in dataclasses.fields(Config)}
    assert {setting.key for setting in SCHEMA} == (fields - {"levels"}) | {"diagnostics"}


def test_defaults_of_the_schema_are_the_config_without_settings() -> None:
    defaults: dict[str, object] = {s.key: {} if s.type == "levels" else s.default for s in SCHEMA}
    assert read_config(defaults).config == Config()
    assert read_config(defaults).problems == ()
