"""Cuts Go source into its package-level declarations by brackets, quotes and line ends alone."""

from __future__ import annotations

import re

from go_asm_lsp.golang.declarations import Declaration, Import
from go_asm_lsp.text import Span

_COMMENT = rb"//[^\n]*|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/"
_STRING = rb"`[^`]*`|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
IDENTIFIER = rb"[A-Za-z_\x80-\xff][A-Za-z_0-9\x80-\xff]*"

# A lone quote or comment opener means the file is half-typed.
_LONE = rb"[`\"']|/\*"
_TOP = re.compile(
    _COMMENT
    + rb"|"
    + _STRING
    + rb"|\b(?P<keyword>import|const|type|var|func)\b|[{(\[]|(?P<broken>[})\]]|"
    + _LONE
    + rb")"
)
_INSIDE = re.compile(
    rb"(?P<comment>"
    + _COMMENT
    + rb")|"
    + _STRING
    + rb"|(?P<open>[{(\[])|(?P<close>[})\]])|(?P<end>[\n;])|(?P<broken>"
    + _LONE
    + rb")"
)
_BODY = re.compile(
    _COMMENT + rb"|" + _STRING + rb"|(?P<open>\{)|(?P<close>\})|(?P<broken>" + _LONE + rb")"
)
_TOP_WORD = re.compile(rb"(?:import|const|type|var|func)\b")
_DECLARATION = re.compile(rb"(?:import|const|type|var|func)[ \t]+[A-Za-z_\x80-\xff]")
_NAME = re.compile(rb"(?!(?:import|const|type|var|func)\b)" + IDENTIFIER)
_BLANK = re.compile(rb"[\s;]+|" + _COMMENT)
_IMPORT = re.compile(rb"(?:(?P<name>\.|" + IDENTIFIER + rb")\s*)?(?P<path>\"[^\"\n]*\"|`[^`\n]*`)")
# What a line may end with for a semicolon to be inserted after it.
_ENDS_STATEMENT = re.compile(
    rb"(?:[A-Za-z_0-9\x80-\xff)\]}\"'`]|\+\+|--|(?:^|[^A-Za-z_0-9\x80-\xff])[0-9][0-9_]*\.)$"
)
_CONTINUING_WORDS = re.compile(
    rb"(?:^|[^A-Za-z_0-9\x80-\xff])(?:chan|func|interface|map|struct|const|type|var|import)$"
)
_COMPOSITE_WORD = re.compile(rb"(?:^|[^A-Za-z_0-9\x80-\xff])(?:struct|interface)\s*$")


class Splitter:
    """Walks one stretch of a file once; `is_broken` tells that brackets or quotes are open."""

    __slots__ = ("declarations", "end", "imports", "is_broken", "position", "source")

    def __init__(self, source: bytes, start: int, end: int) -> None:
        self.source = source
        self.position = start
        self.end = end
        self.declarations: list[Declaration] = []
        self.imports: list[Import] = []
        self.is_broken = False

    def run(self) -> None:
        while match := _TOP.search(self.source, self.position, self.end):
            self.position = match.end()
            match match["keyword"]:
                case None:
                    if match["broken"]:
                        self._skip_broken(match)
                    elif match[0] in (b"(", b"{", b"["):
                        self._skip_brackets()
                case b"func":
                    self._function(match.start())
                case keyword:
                    self._specs(text_of(keyword), match.start())

    def _skip_brackets(self) -> None:
        depth = 1
        while depth:
            match = _INSIDE.search(self.source, self.position, self.end)
            if match is None:
                self.is_broken = True
                self.position = self.end
                return
            self.position = match.end()
            match match.lastgroup:
                case "open":
                    depth += 1
                case "close":
                    depth -= 1
                case "broken":
                    self._skip_broken(match)

    def _skip_broken(self, match: re.Match[bytes]) -> None:
        """Steps over what an unclosed quote or comment takes, as Go's scanner does."""
        self.is_broken = True
        line_end = self.source.find(b"\n", match.end(), self.end)
        if match[0] in (b'"', b"'") and line_end >= 0:
            self.position = line_end
        elif match[0] in (b'"', b"'", b"`", b"/*"):
            self.position = self.end

    def _function(self, start: int) -> None:
        spec_start = self._after_blanks(self.position)
        is_method = self.source[spec_start : spec_start + 1] == b"("
        if is_method:
            self.position = spec_start + 1
            self._skip_brackets()
            spec_start = self._after_blanks(self.position)
        name = _NAME.match(self.source, spec_start, self.end)
        if name is None:
            self.is_broken = True
            return
        self.position = name.end()
        has_body = False
        spec_end = self.end
        while match := _INSIDE.search(self.source, self.position, self.end):
            if match["open"] == b"{" and not _COMPOSITE_WORD.search(
                self.source, max(spec_start, match.start() - 32), match.start()
            ):
                has_body = True
                spec_end = match.start()
                self.position = match.end()
                self._skip_body()
                break
            self.position = match.end()
            if match["open"]:
                self._skip_brackets()
            elif match["end"]:
                spec_end = match.start()
                break
            elif match["close"]:
                self.is_broken = True
            elif match["broken"]:
                self._skip_broken(match)
        else:
            self.position = self.end
        self.declarations.append(
            Declaration(
                kind="func",
                name=text_of(name[0]),
                name_span=Span(name.start(), name.end()),
                spec=Span(spec_start, spec_end),
                start=start,
                has_body=has_body,
                is_method=is_method,
            )
        )

    def _skip_body(self) -> None:
        depth = 1
        while depth:
            match = _BODY.search(self.source, self.position, self.end)
            if match is None:
                self.is_broken = True
                self.position = self.end
                return
            self.position = match.end()
            match match.lastgroup:
                case "open":
                    depth += 1
                case "close":
                    depth -= 1
                case "broken":
                    self._skip_broken(match)

    def _specs(self, keyword: str, start: int) -> None:
        first = self._after_blanks(self.position)
        if _TOP_WORD.match(self.source, first, self.end):
            # A lone keyword, and the next declaration.
            self.is_broken = True
            return
        if self.source[first : first + 1] != b"(":
            spec = self._next_spec(first)
            self._add(keyword, start, spec, 0, spec)
            return
        self.position = first + 1
        repeated = Span(first, first)
        iota = 0
        while True:
            begin = self._after_blanks(self.position)
            if begin >= self.end:
                self.is_broken = True
                self.position = self.end
                return
            if self.source[begin : begin + 1] == b")":
                self.position = begin + 1
                return
            spec = self._next_spec(begin)
            if spec.start == spec.end:
                # Nothing was taken, so this is no spec at all: step over one byte.
                self.is_broken = True
                self.position = max(self.position, begin + 1)
                continue
            if keyword == "const" and not self._is_bare(spec):
                repeated = spec
            self._add(keyword, spec.start, spec, iota, repeated)
            iota += 1

    def _next_spec(self, start: int) -> Span:
        """Takes the text up to the statement's end, which is at most a `)` of the group."""
        self.position = start
        significant = start  # the end of what is known to be neither blank nor comment
        mark = start
        while match := _INSIDE.search(self.source, self.position, self.end):
            kind = match.lastgroup
            text = self.source[mark : match.start()].rstrip()
            if text:
                significant = mark + len(text)
            if kind == "close":
                if match[0] != b")":
                    self.is_broken = True
                self.position = match.start() if match[0] == b")" else match.end()
                return Span(start, significant)
            self.position = mark = match.end()
            match kind:
                case "comment":
                    # A comment with a line end in it may end the statement like a line end.
                    if b"\n" in match[0] and self._ends_statement(start, significant):
                        return Span(start, significant)
                case "end":
                    if match[0] == b";" or self._ends_statement(start, significant):
                        return Span(start, significant)
                    if _DECLARATION.match(self.source, self.position, self.end):
                        # `var a,` is half-typed: the next line is another declaration.
                        self.is_broken = True
                        return Span(start, significant)
                case "open":
                    self._skip_brackets()
                    mark = significant = self.position
                case "broken":
                    self._skip_broken(match)
                    mark = self.position
                case _:  # a string
                    significant = match.end()
        text = self.source[mark : self.end].rstrip()
        self.position = self.end
        return Span(start, mark + len(text) if text else significant)

    def _ends_statement(self, start: int, end: int) -> bool:
        before = self.source[max(start, end - 64) : end]
        return bool(_ENDS_STATEMENT.search(before)) and not _CONTINUING_WORDS.search(before)

    def _is_bare(self, spec: Span) -> bool:
        """Tells whether a const spec is only names, so that it repeats the one before."""
        return _names(self.source, spec)[1] >= spec.end

    def _add(self, keyword: str, start: int, spec: Span, iota: int, repeated: Span) -> None:
        if keyword == "import":
            if match := _IMPORT.match(self.source, spec.start, spec.end):
                name = match["name"]
                span = Span(match.start("path"), match.end("path"))
                path = text_of(match["path"][1:-1])
                self.imports.append(Import(text_of(name) if name else None, path, span))
            return
        names, _ = _names(self.source, spec)
        if keyword == "type":
            names = names[:1]
        for position, span in enumerate(names):
            self.declarations.append(
                Declaration(
                    kind=keyword,  # type: ignore[arg-type]  # one of the regex's words
                    name=text_of(self.source[span.start : span.end]),
                    name_span=span,
                    spec=spec,
                    start=start,
                    position=position,
                    iota=iota,
                    repeated=repeated if keyword == "const" else None,
                )
            )

    def _after_blanks(self, position: int) -> int:
        return after_blanks(self.source, position, self.end)


def after_blanks(source: bytes, position: int, end: int) -> int:
    while match := _BLANK.match(source, position, end):
        position = match.end()
    return position


def _names(source: bytes, spec: Span) -> tuple[list[Span], int]:
    """Reads the list of names a spec begins with, and where it ends."""
    names: list[Span] = []
    position = spec.start
    while name := _NAME.match(source, position, spec.end):
        names.append(Span(name.start(), name.end()))
        position = name.end()
        comma = after_blanks(source, position, spec.end)
        if source[comma : min(comma + 1, spec.end)] != b",":
            break
        position = after_blanks(source, comma + 1, spec.end)
    return names, position


def text_of(text: bytes) -> str:
    return text.decode("utf-8", "surrogateescape")
