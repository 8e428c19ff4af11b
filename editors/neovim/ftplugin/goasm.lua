-- Options for Go assembly, and the tree-sitter highlighter where its parser is installed.
vim.bo.commentstring = '// %s'
vim.bo.comments = 's1:/*,mb:*,ex:*/,://'
vim.bo.expandtab = false
vim.bo.tabstop = 8
vim.bo.shiftwidth = 8
vim.bo.softtabstop = 0
-- The middle dot is part of a symbol's name, so that * and the tag commands take it whole.
vim.bo.iskeyword = vim.bo.iskeyword .. ',183'
vim.bo.include = [[^\s*#\s*include]]
vim.bo.define = [[^\s*#\s*define]]
vim.bo.suffixesadd = '.s,.h'

vim.b.undo_ftplugin = (vim.b.undo_ftplugin and vim.b.undo_ftplugin .. ' | ' or '')
  .. 'setlocal commentstring< comments< expandtab< tabstop< shiftwidth< softtabstop< iskeyword< include< define< suffixesadd<'

require('go_asm_lsp.treesitter').start(vim.api.nvim_get_current_buf())
