"""The command line: the server, and the same core without an editor.

Editors start the server once per window, so it is reached before anything else is imported.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

# What a shell reports for a program that an interrupt ended.
_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and answers its exit status: 0 clean, 1 findings, 2 could not work."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given in ([], ["--stdio"]):
        from go_asm_lsp.lsp.startup import serve_stdio

        return serve_stdio()
    try:
        from go_asm_lsp.cli.commands import run

        return run(given)
    except KeyboardInterrupt:
        return _INTERRUPTED
