-- Declarations, labels and preprocessor lines at the margin; instructions one tab in.
if vim.b.did_indent then
  return
end
vim.b.did_indent = 1
vim.bo.indentexpr = "v:lua.require'go_asm_lsp.indent'.indent(v:lnum)"
vim.bo.indentkeys = '!^F,o,O,0#,:,0=TEXT,0=GLOBL,0=DATA'
vim.b.undo_indent = 'setlocal indentexpr< indentkeys<'
