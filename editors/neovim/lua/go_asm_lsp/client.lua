-- The connection to the server, on every Neovim from 0.7 on.
local M = {}

M.NAME = 'go_asm_lsp'
M.FILETYPES = { 'goasm', 'go' }
local ROOT_MARKERS = { 'go.work', 'go.mod', '.git' }

--- The nearest folder upwards that has one of the markers; go.work counts before go.mod.
local function root_of(path)
  for _, marker in ipairs(ROOT_MARKERS) do
    local escaped = vim.fn.escape(vim.fn.fnamemodify(path, ':p:h'), ' ,;*\\[]')
    local found = vim.fn.findfile(marker, escaped .. ';')
    if found == '' then
      found = vim.fn.finddir(marker, escaped .. ';')
    end
    if found ~= '' then
      return vim.fn.fnamemodify(vim.fn.fnamemodify(found, ':p'):gsub('/$', ''), ':h')
    end
  end
  return nil
end

--- Whether a buffer is for the server: any goasm file, and Go files with assembly beside them,
--- so that a prototype counts while it is being typed.
local function is_wanted(buffer)
  local path = vim.api.nvim_buf_get_name(buffer)
  if vim.bo[buffer].buftype ~= '' or path == '' or path:find('^%a[%w+.-]+://') then
    return false
  end
  if vim.bo[buffer].filetype == 'goasm' then
    return true
  end
  local folder = vim.fn.fnamemodify(path, ':p:h')
  return #vim.fn.glob(vim.fn.escape(folder, '*?[]{}\\') .. '/*.s', true, true) > 0
end

local function capabilities()
  local all = vim.lsp.protocol.make_client_capabilities()
  -- A change in Go changes what is found in assembly. Neovim asks again only for the buffer that was
  -- edited, so it is better told: without this the server publishes by itself.
  all.textDocument.diagnostic = nil
  all.experimental = vim.tbl_deep_extend('force', all.experimental or {}, { goAsm = { inactiveRegions = true } })
  return all
end

--- Connected clients of this server; of one buffer when it is given.
function M.clients(buffer)
  if vim.lsp.get_clients then
    return vim.lsp.get_clients({ name = M.NAME, bufnr = buffer })
  end
  local found = {}
  for _, client in pairs(buffer and vim.lsp.buf_get_clients(buffer) or vim.lsp.get_active_clients()) do
    if client.name == M.NAME then
      table.insert(found, client)
    end
  end
  return found
end

--- Sends one of the server's own requests for a buffer; `callback` gets the result alone.
function M.request(buffer, method, params, callback)
  local client = M.clients(buffer)[1]
  if not client then
    vim.notify('go-asm-lsp is not running for this buffer; see :checkhealth go_asm_lsp', vim.log.levels.WARN)
    return
  end
  local function handler(failure, result)
    if failure then
      vim.notify(('go-asm-lsp: %s'):format(failure.message or vim.inspect(failure)), vim.log.levels.ERROR)
    else
      callback(result ~= vim.NIL and result or nil, client)
    end
  end
  if vim.fn.has('nvim-0.11') == 1 then
    client:request(method, params, handler, buffer)
  else
    client.request(method, params, handler, buffer)
  end
end

--- Where the cursor is, in the unit that was agreed with the server.
function M.position_params(client)
  return vim.lsp.util.make_position_params(0, client.offset_encoding or 'utf-16')
end

function M.document_params(buffer)
  return { uri = vim.uri_from_bufnr(buffer) }
end

--- What may be in a location, in its two shapes.
local function place_of(location)
  local range = location.targetSelectionRange or location.range
  return ('%s:%d'):format(location.targetUri or location.uri, range.start.line)
end

local function as_list(result)
  if result == nil or result == vim.NIL then
    return {}
  end
  return (result.uri or result.targetUri) and { result } or result
end

--- Neovim lists the definitions of all servers one after the other. Where another server, that is
--- gopls, gives a place as well, this one leaves it out; what only this one knows stays.
local function leave_out_what_others_give(client)
  local request = client.request
  client.request = function(self, method, params, handler, buffer)
    local others = method == 'textDocument/definition'
        and vim.tbl_filter(function(other)
          return other.id ~= client.id
        end, vim.lsp.get_clients({ bufnr = buffer, method = method }))
      or {}
    if #others == 0 or not handler then
      return request(self, method, params, handler, buffer)
    end
    return request(self, method, params, function(failure, result, context)
      local other = others[1]
      local position = vim.lsp.util.make_position_params(0, other.offset_encoding)
      other:request(method, position, function(_, theirs)
        local seen = {}
        for _, location in ipairs(as_list(theirs)) do
          seen[place_of(location)] = true
        end
        local left = vim.tbl_filter(function(location)
          return not seen[place_of(location)]
        end, as_list(result))
        handler(failure, left, context)
      end, buffer)
    end, buffer)
  end
end

--- The configuration for vim.lsp.config. `options` are those of setup().
function M.config(options)
  options = options or {}
  local settings = options.settings or {}
  return {
    name = M.NAME,
    cmd = options.cmd or { 'go-asm-lsp' },
    filetypes = M.FILETYPES,
    root_dir = function(buffer, start)
      if is_wanted(buffer) then
        start(root_of(vim.api.nvim_buf_get_name(buffer)))
      end
    end,
    capabilities = capabilities(),
    settings = { goAsm = settings },
    init_options = settings,
    on_init = vim.fn.has('nvim-0.11') == 1 and leave_out_what_others_give or nil,
    handlers = { ['goAsm/inactiveRegions'] = require('go_asm_lsp.inactive').handler },
  }
end

--- Starts or joins a client, for Neovim before 0.11.
local function attach(buffer, options)
  if not is_wanted(buffer) then
    return
  end
  local config = M.config(options)
  config.root_dir = root_of(vim.api.nvim_buf_get_name(buffer))
  config.filetypes = nil
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = buffer })
    return
  end
  for _, client in ipairs(M.clients()) do
    if client.config.root_dir == config.root_dir then
      vim.lsp.buf_attach_client(buffer, client.id)
      return
    end
  end
  local id = vim.lsp.start_client(config)
  if id then
    vim.lsp.buf_attach_client(buffer, id)
  end
end

--- Lets the server start with the first buffer that is for it.
function M.enable(options)
  if vim.fn.has('nvim-0.11') == 1 then
    vim.lsp.config(M.NAME, M.config(options))
    vim.lsp.enable(M.NAME)
    return
  end
  local group = vim.api.nvim_create_augroup('go_asm_lsp', { clear = true })
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = M.FILETYPES,
    callback = function(event)
      attach(event.buf, options)
    end,
  })
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.tbl_contains(M.FILETYPES, vim.bo[buffer].filetype) then
      attach(buffer, options)
    end
  end
end

--- Stops the server and starts it again for the buffers it had.
function M.restart()
  local buffers = {}
  for _, client in ipairs(M.clients()) do
    for buffer in pairs(client.attached_buffers or {}) do
      buffers[buffer] = true
    end
    if vim.fn.has('nvim-0.11') == 1 then
      client:stop()
    else
      client.stop()
    end
  end
  vim.wait(3000, function()
    return #M.clients() == 0
  end, 20)
  for _, buffer in ipairs(next(buffers) and vim.tbl_keys(buffers) or { vim.api.nvim_get_current_buf() }) do
    if vim.api.nvim_buf_is_valid(buffer) then
      -- FileType is what starts a client, on every version.
      vim.api.nvim_buf_call(buffer, function()
        vim.cmd('doautocmd <nomodeline> FileType ' .. vim.bo[buffer].filetype)
      end)
    end
  end
end

return M
