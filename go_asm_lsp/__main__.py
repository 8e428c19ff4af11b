"""`python -m go_asm_lsp` is the command `go-asm-lsp`."""

import sys

from go_asm_lsp.cli import main

if __name__ == "__main__":
    sys.exit(main())
