"""All checks, how they are run over a file, and how several architectures' findings merge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from go_asm_lsp.arch.registry import arch_for
from go_asm_lsp.checks import (
    argument_frame_access,
    frame_pointer,
    invalid_offset,
    invalid_width,
    missing_declaration,
    missing_result_write,
    syntax_error,
    unknown_variable,
    unnamed_argument,
    wrong_argument_size,
)
from go_asm_lsp.checks.diagnostic import Diagnostic, Edit, Finding, Fix
from go_asm_lsp.golang.model import ArgumentFrame, GoPlace
from go_asm_lsp.preprocess.source_map import Pieces
from go_asm_lsp.semantics.facts import FunctionFacts, function_facts
from go_asm_lsp.semantics.model import Declaration, FileModel, Function
from go_asm_lsp.semantics.text_cache import TextCache
from go_asm_lsp.text import Span


class _FunctionCheck(Protocol):
    CODE: str
    __doc__: str | None

    def check(self, facts: FunctionFacts) -> Iterator[Finding]: ...


class _FileCheck(Protocol):
    CODE: str
    __doc__: str | None

    def check(self, model: FileModel) -> Iterator[Diagnostic]: ...


_FUNCTION_CHECKS: tuple[_FunctionCheck, ...] = (
    missing_declaration,
    wrong_argument_size,
    unknown_variable,
    unnamed_argument,
    invalid_offset,
    invalid_width,
    argument_frame_access,
    missing_result_write,
    frame_pointer,
)
_FILE_CHECKS: tuple[_FileCheck, ...] = (syntax_error,)

ALL_CHECKS = (*(c.check for c in _FILE_CHECKS), *(c.check for c in _FUNCTION_CHECKS))
_EXPLANATIONS = {c.CODE: c.__doc__ or "" for c in _FILE_CHECKS}
_EXPLANATIONS |= {c.CODE: c.__doc__ or "" for c in _FUNCTION_CHECKS}
CODES = tuple(_EXPLANATIONS)


def explanation(code: str) -> str | None:
    """Answers a code's text for users: what it means, bad and good, how to silence it."""
    text = _EXPLANATIONS.get(code)
    return text.strip() if text else None


def run_checks(model: FileModel) -> tuple[Diagnostic, ...]:
    """Answers a file's findings for its configuration, in source order, each once."""
    found = [diagnostic for check in _FILE_CHECKS for diagnostic in check.check(model)]
    for function in model.functions:
        findings = _findings(model, function)
        found += [_placed(function, finding, model) for finding in findings]
    # A macro may repeat what its user wrote once.
    once = {(d.code, d.span, d.message): d for d in reversed(found)}
    return tuple(sorted(once.values(), key=lambda d: (d.span, d.code, d.message)))


def merge(results: Iterable[tuple[Diagnostic, ...]]) -> tuple[Diagnostic, ...]:
    """Joins the findings of one file under several configurations.

    The same finding on several architectures becomes one with the message of the first. A
    fix is kept only if all of them propose it.
    """
    merged: dict[tuple[str, Span, str], Diagnostic] = {}
    for diagnostics in results:
        for new in diagnostics:
            key = (new.code, new.span, _without_arch(new))
            old = merged.get(key)
            merged[key] = _joined(old, new) if old else new
    return tuple(sorted(merged.values(), key=lambda d: (d.span, d.code, d.message)))


def _joined(old: Diagnostic, new: Diagnostic) -> Diagnostic:
    added = tuple(goarch for goarch in new.goarches if goarch not in old.goarches)
    fixes = tuple(fix for fix in old.fixes if fix in new.fixes)
    return replace(old, goarches=old.goarches + added, fixes=fixes)


def _without_arch(diagnostic: Diagnostic) -> str:
    return diagnostic.message.removeprefix(f"[{diagnostic.goarches[0]}] ")


@dataclass(frozen=True, slots=True)
class _Subject:
    """All that the findings of a function depend on, as the key of a cache.

    An edit elsewhere in the file leaves it equal, so that only the edited function is
    checked again. Frames and pieces are compared, by identity first, but not hashed: that
    would cost more than most lookups.
    """

    text: bytes
    pieces: Pieces = field(hash=False)
    goarch: str
    goos: str
    import_path: str
    declaration: Declaration
    written_flags: str
    frame: ArgumentFrame | None = field(hash=False)
    prototype_place: GoPlace | None


_FINDINGS: TextCache[tuple[Finding, ...]] = TextCache(1_000_000)


def _findings(model: FileModel, function: Function) -> tuple[Finding, ...]:
    subject = _Subject(
        text=function.block.text,
        pieces=function.block.source_map.pieces,
        goarch=model.configuration.goarch,
        goos=model.configuration.goos,
        import_path=model.import_path,
        declaration=function.declaration,
        written_flags=function.written_flags,
        frame=function.frame,
        prototype_place=function.prototype_place,
    )
    size = len(subject.text)
    return _FINDINGS.get(subject, size, lambda: _found(model, function), needed=len(model.source))


def _found(model: FileModel, function: Function) -> tuple[Finding, ...]:
    arch = arch_for(model.configuration.goarch)
    if arch is None:
        return ()
    facts = function_facts(function, arch, model.configuration, model.import_path)
    return tuple(finding for check in _FUNCTION_CHECKS for finding in check.check(facts))


def _placed(function: Function, finding: Finding, model: FileModel) -> Diagnostic:
    fixes = (_placed_fix(function, fix, model) for fix in finding.fixes)
    return Diagnostic(
        code=finding.code,
        span=function.origin(finding.span).span,
        message=finding.message,
        severity=finding.severity,
        goarches=(model.configuration.goarch,),
        related=finding.related,
        fixes=tuple(fix for fix in fixes if fix),
    )


def _placed_fix(function: Function, fix: Fix, model: FileModel) -> Fix | None:
    """Moves a fix into the file; None if it would have to change what a macro made."""
    edits = []
    for edit in fix.edits:
        if edit.path:
            edits.append(edit)
            continue
        span = _written_span(function, edit.span, model.source)
        if span is None:
            return None
        edits.append(Edit(model.path, span, edit.new_text))
    return replace(fix, edits=tuple(edits))


def _written_span(function: Function, span: Span, source: bytes) -> Span | None:
    """Answers where exactly the bytes of a span were written, if they were at all.

    An insertion is where the byte before it was written.
    """
    if span.start == span.end:
        before = _written_span(function, Span(span.start - 1, span.end), source)
        return Span(before.end, before.end) if before else None
    written = function.origin(span).span
    expanded = function.block.text[span.start : span.end]
    return written if source[written.start : written.end] == expanded else None
