-- Go assembly in Neovim. :help go-asm-lsp
local M = {}

--- What setup() was given.
M.options = {}

--- Starts the server for Go assembly. `options.cmd` is its command line, `options.settings`
--- are the settings goAsm.* without the prefix.
function M.setup(options)
  M.options = options or {}
  require('go_asm_lsp.client').enable(M.options)
end

return M
