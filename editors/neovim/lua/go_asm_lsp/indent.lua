-- How far a line of Go assembly is indented.
local M = {}

local function is_blank(line)
  return line:find('^%s*$') ~= nil
end

local function continues(line)
  return line:find('\\%s*$') ~= nil
end

--- Whether a line stands at the margin whatever is around it.
local function is_at_margin(line)
  return line:find('^%s*#') ~= nil
    or line:find('^%s*TEXT%s') ~= nil
    or line:find('^%s*GLOBL%s') ~= nil
    or line:find('^%s*DATA%s') ~= nil
    or line:find('^%s*[%w_·∕]+:%s*$') ~= nil
    or line:find('^%s*[%w_·∕]+:%s*//') ~= nil
end

--- The last line above that is not blank, and its number.
local function above(number)
  for candidate = number - 1, 1, -1 do
    local line = vim.fn.getline(candidate)
    if not is_blank(line) then
      return line, candidate
    end
  end
  return '', 0
end

--- Whether the line above belongs to a function, by the nearest declaration above it.
local function is_in_function(number)
  for candidate = number, 1, -1 do
    local line = vim.fn.getline(candidate)
    if line:find('^%s*TEXT%s') then
      return true
    elseif line:find('^%s*GLOBL%s') or line:find('^%s*DATA%s') then
      return false
    end
  end
  return false
end

function M.indent(number)
  local line = vim.fn.getline(number)
  if is_at_margin(line) then
    return 0
  end
  local before, before_number = above(number)
  local step = vim.fn.shiftwidth()
  if continues(vim.fn.getline(number - 1)) then
    -- Inside a macro: as the line above, which for the first body line is the #define itself.
    return before:find('^%s*#') and step or vim.fn.indent(before_number)
  end
  if before:find('^%s*TEXT%s') or before:find('^%s*[%w_·∕]+:%s*$') then
    return step
  end
  if line:find('^%s*//') or line:find('^%s*/%*') then
    -- A comment goes with the code around it; before the first function that is the margin.
    return is_in_function(before_number) and vim.fn.indent(before_number) or 0
  end
  if is_in_function(before_number) then
    -- A blank line after the last instruction may start the next function: keep to the line above.
    return math.max(vim.fn.indent(before_number), is_blank(line) and 0 or step)
  end
  return vim.fn.indent(before_number)
end

return M
