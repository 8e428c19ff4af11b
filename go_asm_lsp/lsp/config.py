"""The settings `goAsm.*`: what there is, and reading whatever a client sends for them.

`SCHEMA` is the one place that names them; the editors' manifests are generated from it. This
module imports no protocol library, so that tools can read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from go_asm_lsp.checks.diagnostic import Severity
from go_asm_lsp.golang.model import GOARCHES

SettingType = Literal["string", "strings", "levels"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting without its `goAsm.` prefix.

    A `levels` setting maps diagnostic codes to one of `choices`. Empty `choices` allow any text.
    """

    key: str
    type: SettingType
    default: str | tuple[str, ...]
    description: str
    choices: tuple[str, ...] = ()


OFF = "off"
LEVELS = (*(severity.value for severity in Severity), OFF)
TRACES = (OFF, "messages", "verbose")

SCHEMA = (
    Setting(
        "goarch",
        "string",
        "auto",
        "Architecture for files whose name and build constraint allow several. `auto` is the "
        "GOARCH of the machine the server runs on. Files bound to an architecture keep theirs.",
        ("auto", *GOARCHES),
    ),
    Setting(
        "goos",
        "string",
        "auto",
        "Operating system for files that allow several, such as `linux`. `auto` is the GOOS of "
        "the machine the server runs on.",
    ),
    Setting(
        "tags",
        "strings",
        (),
        "Build tags, as for `go build -tags`: they decide which files and `//go:build` lines hold.",
    ),
    Setting(
        "goroot",
        "string",
        "",
        "Folder of the Go distribution whose sources describe the standard library. Empty: "
        "`$GOROOT`, then the `go` on PATH, then the usual places. Nothing in it is executed.",
    ),
    Setting(
        "diagnostics",
        "levels",
        (),
        "Level of single diagnostics by code, or of all codes of a family, for example "
        '`{"asmdecl/offset": "error", "lint": "off"}`.',
        LEVELS,
    ),
    Setting(
        "trace",
        "string",
        OFF,
        "What the server writes to its log (standard error): nothing, each message's name, or "
        "the messages themselves.",
        TRACES,
    ),
)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in force. None stands for `auto`; `levels` pairs codes with `LEVELS`."""

    goarch: str | None = None
    goos: str | None = None
    tags: tuple[str, ...] = ()
    goroot: str = ""
    levels: tuple[tuple[str, str], ...] = ()
    trace: str = OFF

    def severity(self, code: str, default: Severity) -> Severity | None:
        """Answers the level of a code, its own setting before its family's; None when off."""
        chosen = dict(self.levels)
        level = chosen.get(code) or chosen.get(code.partition("/")[0])
        if level is None:
            return default
        return None if level == OFF else Severity(level)


@dataclass(frozen=True, slots=True)
class ReadConfig:
    """A configuration and what was wrong with the text it was read from, one sentence each."""

    config: Config
    problems: tuple[str, ...]


def is_for_us(settings: object) -> bool:
    """Tells whether settings of all kinds, as some clients send them, have any of ours."""
    if not isinstance(settings, dict):
        return False
    return any(
        key in ("goAsm", *(setting.key for setting in SCHEMA)) or str(key).startswith("goAsm.")
        for key in settings
    )


def read_config(value: object, base: Config = Config()) -> ReadConfig:
    """Reads settings over `base`, from any of the shapes that clients send.

    They may be nested (`{"goAsm": {"goarch": …}}`), without the prefix, or flat with dots
    (`{"goAsm.goarch": …}`). What is not understood is reported and leaves `base` as it is.
    """
    config = base
    problems: list[str] = []
    # `trusted` is an option of clients, not a setting: this server never starts a program.
    for key, setting_value in _flatten(_inside_section(value), ""):
        setting = next((s for s in SCHEMA if key == s.key or key.startswith(s.key + ".")), None)
        if key == "trusted":
            continue
        if setting is None:
            problems.append(f"unknown setting goAsm.{key}")
        elif setting_value is not None:
            updated = _apply(config, setting, key, setting_value)
            if updated is None:
                problems.append(f"setting goAsm.{key} is not {_expected(setting)}")
            else:
                config = updated
    return ReadConfig(config, tuple(problems))


def _inside_section(value: object) -> object:
    if isinstance(value, dict) and "goAsm" in value:
        rest = {key: item for key, item in value.items() if str(key).startswith("goAsm.")}
        section = value["goAsm"]
        return {**section, **rest} if isinstance(section, dict) else rest
    return value


def _flatten(value: object, prefix: str) -> Iterator[tuple[str, object]]:
    """Lists settings by dotted key; the codes of `diagnostics` each become one."""
    if not isinstance(value, dict):
        return
    for name, item in value.items():
        key = (prefix + str(name)).removeprefix("goAsm.")
        if isinstance(item, dict):
            yield from _flatten(item, key + ".")
        else:
            yield key, item


def _apply(config: Config, setting: Setting, key: str, value: object) -> Config | None:
    if setting.type == "levels":
        code = key.removeprefix(setting.key).removeprefix(".")
        if not code or value not in setting.choices:
            return None
        kept = tuple(pair for pair in config.levels if pair[0] != code)
        return replace(config, levels=(*kept, (code, str(value))))
    if key != setting.key:
        return None
    if setting.type == "strings":
        tags = _strings(value)
        return None if tags is None else replace(config, tags=tags)
    if not isinstance(value, str) or (setting.choices and value not in setting.choices):
        return None
    match setting.key:
        case "goarch":
            return replace(config, goarch=None if value == "auto" else value)
        case "goos":
            return replace(config, goos=None if value in ("auto", "") else value)
        case "goroot":
            return replace(config, goroot=value)
        case _:
            return replace(config, trace=value)


def _strings(value: object) -> tuple[str, ...] | None:
    """Reads a list of tags; the command line's one string `a,b` too."""
    if isinstance(value, str):
        return tuple(word for word in value.replace(",", " ").split() if word)
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return None


def _expected(setting: Setting) -> str:
    if setting.choices:
        return "one of " + ", ".join(setting.choices)
    return "a list of words" if setting.type == "strings" else "text"
