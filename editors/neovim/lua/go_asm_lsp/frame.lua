-- The stack frame of the function under the cursor, in a float that follows the cursor.
local M = {}

local client = require('go_asm_lsp.client')

local namespace = vim.api.nvim_create_namespace('go_asm_lsp_frame')
--- What is shown: the window, its buffer, the source buffer, and the slot of each line.
local shown = nil

local function pad(text, width)
  return text .. (' '):rep(width - vim.fn.strdisplaywidth(text))
end

--- A member of an answer; JSON's null is nil in some versions of Neovim and a value in others.
local function given(value)
  return value ~= vim.NIL and value or nil
end

--- What a slot is called: by its operand, else by what lies there.
local function label(slot)
  return given(slot.reference) or (slot.name ~= '' and slot.name) or slot.meaning
end

--- The lines of the picture, the line of the active slot, and the slot behind each line.
function M.lines(layout)
  local widths = { 0, 0 }
  for _, slot in ipairs(layout.slots) do
    widths[1] = math.max(widths[1], vim.fn.strdisplaywidth(label(slot)))
    widths[2] = math.max(widths[2], #tostring(slot.size))
  end
  local lines = { ('%s  %s'):format(layout['function'], layout.goarch), '' }
  local slots = {}
  local active = nil
  for _, slot in ipairs(layout.slots) do
    local is_active = slot.id == layout.active
    local size = tostring(slot.size)
    local note = given(slot.type) or given(slot.reference) and slot.meaning or ''
    local mark = is_active and '▶' or ' '
    local aligned = (' '):rep(widths[2] - #size) .. size
    table.insert(lines, (('%s %s  %s  %s'):format(mark, pad(label(slot), widths[1]), aligned, note):gsub('%s+$', '')))
    slots[#lines] = slot
    active = is_active and #lines or active
  end
  return lines, active, slots
end

local function close()
  if shown and vim.api.nvim_win_is_valid(shown.window) then
    vim.api.nvim_win_close(shown.window, true)
  end
  shown = nil
end

--- Fills the float, and makes it as large as its text.
local function draw(layout)
  local lines, active, slots = M.lines(layout)
  vim.bo[shown.buffer].modifiable = true
  vim.api.nvim_buf_set_lines(shown.buffer, 0, -1, false, lines)
  vim.bo[shown.buffer].modifiable = false
  vim.api.nvim_buf_clear_namespace(shown.buffer, namespace, 0, -1)
  vim.api.nvim_buf_add_highlight(shown.buffer, namespace, 'Title', 0, 0, -1)
  if active then
    vim.api.nvim_buf_add_highlight(shown.buffer, namespace, 'Visual', active - 1, 0, -1)
  end
  shown.slots = slots
  local width = 0
  for _, line in ipairs(lines) do
    width = math.max(width, vim.fn.strdisplaywidth(line))
  end
  width = math.min(width + 1, vim.o.columns - 4)
  vim.api.nvim_win_set_config(shown.window, {
    relative = 'editor',
    anchor = 'NE',
    row = 1,
    col = vim.o.columns - 1,
    width = width,
    height = math.max(1, math.min(#lines, vim.o.lines - 6)),
  })
  if active then
    vim.api.nvim_win_set_cursor(shown.window, { active, 0 })
  end
end

--- Selects the uses of a slot: the first under the cursor, all in the location list.
local function select_uses(slot)
  local source = shown.source
  local window = vim.fn.bufwinid(source)
  if #slot.uses == 0 or window == -1 then
    vim.notify(('%s is not used in this file'):format(label(slot)))
    return
  end
  local encoding = (client.clients(source)[1] or {}).offset_encoding or 'utf-16'
  local locations = vim.tbl_map(function(range)
    return { uri = vim.uri_from_bufnr(source), range = range }
  end, slot.uses)
  local items = vim.lsp.util.locations_to_items(locations, encoding)
  vim.fn.setloclist(window, {}, ' ', { title = 'Uses of ' .. slot.name, items = items })
  vim.api.nvim_set_current_win(window)
  vim.cmd('ll 1')
end

local function open(source)
  local buffer = vim.api.nvim_create_buf(false, true)
  vim.bo[buffer].bufhidden = 'wipe'
  vim.bo[buffer].filetype = 'goasmframe'
  local window = vim.api.nvim_open_win(buffer, false, {
    relative = 'editor',
    anchor = 'NE',
    row = 1,
    col = vim.o.columns - 1,
    width = 20,
    height = 1,
    style = 'minimal',
    border = 'rounded',
    focusable = true,
  })
  shown = { window = window, buffer = buffer, source = source, slots = {} }
  local function map(key, action)
    vim.keymap.set('n', key, action, { buffer = buffer, nowait = true, silent = true })
  end
  map('q', close)
  map('<Esc>', close)
  map('<CR>', function()
    local slot = shown.slots[vim.api.nvim_win_get_cursor(0)[1]]
    if slot then
      select_uses(slot)
    end
  end)
end

local function update()
  local source = vim.api.nvim_get_current_buf()
  local connected = client.clients(source)[1]
  if not connected or vim.bo[source].filetype ~= 'goasm' then
    return
  end
  client.request(source, 'goAsm/frameLayout', client.position_params(connected), function(layout)
    if not shown or source ~= vim.api.nvim_get_current_buf() then
      return
    elseif not layout then
      return -- Between two functions the last picture stays.
    end
    draw(layout)
  end)
end

--- Opens the float, or closes it where it is open.
function M.toggle()
  if shown and vim.api.nvim_win_is_valid(shown.window) then
    close()
    return
  end
  local source = vim.api.nvim_get_current_buf()
  local connected = client.clients(source)[1]
  if not connected then
    vim.notify('go-asm-lsp is not running for this buffer; see :checkhealth go_asm_lsp', vim.log.levels.WARN)
    return
  end
  client.request(source, 'goAsm/frameLayout', client.position_params(connected), function(layout)
    if not layout then
      vim.notify('The cursor is in no function')
      return
    end
    open(source)
    draw(layout)
    local group = vim.api.nvim_create_augroup('go_asm_lsp_frame', { clear = true })
    vim.api.nvim_create_autocmd({ 'CursorMoved', 'TextChanged', 'InsertLeave' }, {
      group = group,
      buffer = source,
      callback = function()
        if shown and vim.api.nvim_win_is_valid(shown.window) then
          update()
        else
          vim.api.nvim_create_augroup('go_asm_lsp_frame', { clear = true })
        end
      end,
    })
  end)
end

return M
