-- Tells Go assembly from other dialects, by the text and by the files beside it.
local M = {}

local HEAD = 500 -- lines; a license and some comments fit in many times over

--- The dialect by one line alone: true for Go, false for another, nil where it says nothing.
local function dialect_of_line(line)
  if line:find('^%s*TEXT%s.*%(SB%)') or line:find('^%s*GLOBL%s.*%(SB%)') or line:find('^%s*DATA%s.*%(SB%)') then
    return true
  end
  local header = line:match('^#include%s+"([%w_]+)%.h"')
  if header == 'textflag' or header == 'funcdata' or header == 'go_asm' or header == 'go_tls' then
    return true
  end
  if line:find('^//go:build%s') or line:find('^//%s*%+build%s') then
    return true
  end
  local directive = line:match('^%s*%.([a-z_]+)')
  local others = { globl = 1, global = 1, text = 1, data = 1, section = 1, align = 1, p2align = 1, type = 1, file = 1 }
  if directive and (others[directive] or directive:find('^cfi_') or directive:find('_syntax$')) then
    return false
  end
  if line:find('^%s*%%define%s') or line:find('^%s*%%macro%s') or line:find('^%s*section%s+%.') then
    return false
  end
  return nil
end

--- Whether the lines are Go assembly; nil where they do not say.
function M.dialect(lines)
  local other = nil
  for _, line in ipairs(lines) do
    local found = dialect_of_line(line)
    if found then
      return true
    elseif found == false then
      other = false
    end
  end
  return other
end

--- Whether a buffer holds Go assembly. An empty new file does where Go files lie beside it.
function M.is_go(path, buffer)
  local found = M.dialect(vim.api.nvim_buf_get_lines(buffer, 0, HEAD, false))
  if found ~= nil then
    return found
  end
  return #vim.fn.glob(vim.fn.fnameescape(vim.fn.fnamemodify(path, ':p:h')) .. '/*.go', true, true) > 0
end

return M
