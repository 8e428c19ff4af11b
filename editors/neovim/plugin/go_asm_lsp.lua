-- Defines the commands. The server is started by setup() or by vim.lsp.enable('go_asm_lsp').
if vim.g.loaded_go_asm_lsp or vim.fn.has('nvim-0.7') == 0 then
  return
end
vim.g.loaded_go_asm_lsp = 1

local function command(name, action, description, extra)
  vim.api.nvim_create_user_command(name, action, vim.tbl_extend('force', { desc = description }, extra or {}))
end

command('GoAsmFrame', function()
  require('go_asm_lsp.frame').toggle()
end, 'Show or hide the frame layout of the function under the cursor')

command('GoAsmSwitch', function()
  require('go_asm_lsp.commands').switch()
end, 'Go from Go to its assembly, back, or to another architecture')

command('GoAsmArchitecture', function(arguments)
  require('go_asm_lsp.commands').architecture(arguments.args)
end, 'Switch the architecture the server answers for in this file', { nargs = '?' })

command('GoAsmCreateStub', function()
  require('go_asm_lsp.commands').create_stub()
end, 'Write the missing TEXT for the prototype under the cursor')

command('GoAsmRestart', function()
  require('go_asm_lsp.client').restart()
end, 'Restart the server')

command('GoAsmInstallParser', function()
  local target, reason = require('go_asm_lsp.treesitter').install()
  if target then
    vim.notify('installed ' .. target)
  else
    vim.notify('The parser was not installed: ' .. reason, vim.log.levels.ERROR)
  end
end, 'Compile and install the tree-sitter parser')
