"""Calls of macros: their arguments, and putting the body in their place."""

from __future__ import annotations

from collections.abc import Sequence

from go_asm_lsp.preprocess.definition import Definition, filled_body, text_of
from go_asm_lsp.preprocess.expansion import Expansion
from go_asm_lsp.preprocess.flat import flat_expansion
from go_asm_lsp.preprocess.output import Owner
from go_asm_lsp.preprocess.readers import BodyReader
from go_asm_lsp.preprocess.tokens import Token, normalised

# cmd/asm gives up at this (input.go, Next).
MAX_INVOCATIONS = 100


def expand_flat(expansion: Expansion, token: Token) -> bool:
    """Expands a macro at once when its expansion needs nothing from its surroundings."""
    if not expansion.is_enabled:
        return False
    name = token.name
    assert name is not None
    if name in expansion.flat:
        flat = expansion.flat[name]
    else:
        flat = expansion.flat[name] = flat_expansion(name, expansion.macros)
    if flat is None or not expansion.may_expand(flat.tokens):
        return False
    use = expansion.note_use(expansion.macros[name], token)
    owner = expansion.owner if token.home is not None else (token.start, token.end)
    expansion.output.put_flat(flat, token.has_space, owner)
    if use is not None:
        use.end = expansion.output.size
    expansion.invocations = 0
    expansion.is_at_line_start = False
    return True


def invoke(expansion: Expansion, token: Token) -> None:
    assert token.name is not None
    definition = expansion.macros[token.name]
    expansion.invocations += 1
    use = expansion.note_use(definition, token)
    body: Sequence[Token] = definition.tokens
    last = token
    if definition.parameters is not None:
        following = expansion.next()
        if following is None or following.text != b"(":
            _keep_bare(expansion, token, following)
            return
        found = _arguments(expansion, definition, token)
        if found is None:
            return
        arguments, last = found
        body = filled_body(definition, arguments)
    owner = _call_place(expansion, token, last)
    if use is not None:
        use.call_end = owner[1]
    if body and body[0].has_space != token.has_space:
        body = [body[0]._replace(has_space=token.has_space), *body[1:]]
    if expansion.invocations >= MAX_INVOCATIONS:
        expansion.abandon(token, "recursive macro invocation")
    elif not expansion.may_expand(len(body)):
        expansion.abandon(token, "the macros of this file expand to too much text")
    else:
        expansion.push(BodyReader(body, use), token, owner)


def _call_place(expansion: Expansion, name: Token, last: Token) -> Owner:
    """Answers where the user wrote a call, or what it came out of."""
    if last.home is not None:
        return expansion.owner if name.home is not None else (name.start, name.end)
    # The name may come out of a macro and the arguments be in the text behind its call.
    start = expansion.owner[0] if name.home is not None else name.start
    return start, max(last.end, start)


def _keep_bare(expansion: Expansion, token: Token, following: Token | None) -> None:
    """Keeps the name of a macro that takes arguments and gets none, and the token after it.

    The assembler never accepts such a name. In inactive text it only moves the token
    after it behind the next directive, and that directive must not come in the next line.
    """
    expansion.is_at_line_start = False
    expansion.delayed = following
    if expansion.is_enabled:
        expansion.report(token, f"macro {text_of(token.text)} needs its arguments")
        expansion.invocations = 0
        expansion.output.put((token,), 0, 1, expansion.owner)
        expansion.deliver_delayed()


def _arguments(
    expansion: Expansion, definition: Definition, call: Token
) -> tuple[list[list[Token]], Token] | None:
    """Reads a call's arguments and its last token; None with a problem when wrong."""
    arguments: list[list[Token]] = [[]]
    nesting = 0
    while True:
        token = expansion.next()
        if token is None or token.text == b"\n":
            name = text_of(definition.name)
            expansion.report(call, f"unterminated arg list invoking macro: {name}")
            if token is not None:
                expansion.stack[-1].put_back(token)
            return None
        match token.text:
            case b")" if nesting == 0:
                break
            case b"," if nesting == 0:
                arguments.append([])
                continue
            case b"(":
                nesting += 1
            case b")":
                nesting -= 1
        if token.name is not None and not token.name.isascii():
            token = token._replace(name=normalised(token.name))
        arguments[-1].append(token)
    wanted = len(definition.parameters or ())
    if wanted == 0 and arguments == [[]]:
        return [], token
    if len(arguments) == wanted:
        return arguments, token
    expansion.report(
        call,
        f"wrong arg count for macro {text_of(definition.name)}: "
        f"got {len(arguments)}, want {wanted}",
    )
    return None
