-- :checkhealth go_asm_lsp
local M = {}

local health = vim.health or require('health')
local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local warn = health.warn or health.report_warn
local failed = health.error or health.report_error
local info = health.info or health.report_info

local function check_program()
  local client = require('go_asm_lsp.client')
  local options = require('go_asm_lsp').options
  local command = client.config(options).cmd
  local program = type(command) == 'table' and command[1] or 'go-asm-lsp'
  if vim.fn.executable(program) == 0 then
    failed(('%s cannot be executed'):format(program), { 'install it: pip install . in a clone of the repository', "or name it: require('go_asm_lsp').setup({ cmd = { '/path/to/go-asm-lsp' } })" })
    return
  end
  local version = vim.trim(vim.fn.system({ program, 'version' }))
  if vim.v.shell_error == 0 then
    ok(('%s: %s'):format(vim.fn.exepath(program), version))
  else
    failed(('%s version failed: %s'):format(program, version))
  end
end

local function check_clients()
  local clients = require('go_asm_lsp.client').clients()
  if #clients == 0 then
    info('no server is running (it starts with the first Go assembly file)')
  end
  for _, client in ipairs(clients) do
    local root = client.root_dir or client.config.root_dir or 'no root, single files'
    ok(('server running for %s, positions in %s'):format(root, client.offset_encoding or 'utf-16'))
  end
end

local function check_parser()
  local treesitter = require('go_asm_lsp.treesitter')
  local obstacle = treesitter.obstacle()
  if obstacle then
    info(obstacle .. '; the plain syntax file is used')
  elseif not treesitter.installed_parser() then
    warn('the tree-sitter parser is not installed', { ':GoAsmInstallParser' })
  else
    local works, reason = pcall(vim.treesitter.language.add, 'goasm')
    if works then
      ok('tree-sitter parser: ' .. treesitter.installed_parser())
    else
      failed('the tree-sitter parser does not load: ' .. tostring(reason), { ':GoAsmInstallParser' })
    end
  end
end

function M.check()
  start('go-asm-lsp')
  if vim.fn.has('nvim-0.7') == 0 then
    failed('Neovim 0.7 or newer is needed')
    return
  end
  check_program()
  check_clients()
  check_parser()
end

return M
