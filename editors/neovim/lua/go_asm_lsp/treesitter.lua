-- The tree-sitter parser: compiling it, and using it where this Neovim can read it.
local M = {}

local PARSER_ABI = 15

--- The repository's grammar folder; this file lies in editors/neovim/lua/go_asm_lsp.
function M.grammar_folder()
  local here = debug.getinfo(1, 'S').source:sub(2)
  return vim.fn.fnamemodify(here, ':p:h:h:h:h:h') .. '/grammar'
end

function M.installed_parser()
  return vim.api.nvim_get_runtime_file('parser/goasm.*', false)[1]
end

--- Why the parser cannot be used in this Neovim, or nil.
function M.obstacle()
  if vim.fn.has('nvim-0.11') == 0 then
    return ('this Neovim reads tree-sitter parsers older than ABI %d (0.11 reads it)'):format(PARSER_ABI)
  end
  return nil
end

--- Highlights a buffer with the parser where that is possible; otherwise the syntax file does.
function M.start(buffer)
  if M.obstacle() or not M.installed_parser() then
    return false
  end
  return (pcall(vim.treesitter.start, buffer, 'goasm'))
end

--- Compiles the parser into the user's site folder. Answers the file, or nil and the reason.
function M.install()
  local obstacle = M.obstacle()
  if obstacle then
    return nil, obstacle
  end
  local source = M.grammar_folder() .. '/src'
  if vim.fn.filereadable(source .. '/parser.c') == 0 then
    return nil, 'the grammar is not at ' .. source
  end
  local compiler = nil
  for _, candidate in ipairs({ vim.env.CC or '', 'cc', 'gcc', 'clang', 'zig' }) do
    if candidate ~= '' and vim.fn.executable(candidate) == 1 then
      compiler = candidate
      break
    end
  end
  if not compiler then
    return nil, 'no C compiler was found (cc, gcc, clang or zig)'
  end
  local folder = vim.fn.stdpath('data') .. '/site/parser'
  vim.fn.mkdir(folder, 'p')
  local target = folder .. '/goasm.so'
  local command = { compiler, '-shared', '-fPIC', '-O2', '-std=c11', '-I', source, '-o', target }
  vim.list_extend(command, vim.fn.glob(source .. '/*.c', true, true))
  if compiler == 'zig' then
    table.insert(command, 2, 'cc')
  end
  local printed = vim.fn.system(command)
  if vim.v.shell_error ~= 0 then
    return nil, printed
  end
  -- Neovim forgets folders of the runtimepath that were not there when it was set.
  vim.o.runtimepath = vim.o.runtimepath
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].filetype == 'goasm' then
      M.start(buffer)
    end
  end
  return target
end

return M
