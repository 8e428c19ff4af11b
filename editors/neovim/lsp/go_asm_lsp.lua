-- For vim.lsp.enable('go_asm_lsp') on Neovim 0.11 and newer.
return require('go_asm_lsp.client').config()
