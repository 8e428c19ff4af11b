-- What the commands do: go to the counterpart, switch the architecture, write a missing TEXT.
local M = {}

local client = require('go_asm_lsp.client')

local STUB_KIND = 'quickfix.goAsm.createStub'

local function connected()
  local found = client.clients(vim.api.nvim_get_current_buf())[1]
  if not found then
    vim.notify('go-asm-lsp is not running for this buffer; see :checkhealth go_asm_lsp', vim.log.levels.WARN)
  end
  return found
end

local function jump(target, encoding)
  local location = { uri = target.uri, range = target.range }
  if vim.lsp.util.show_document then
    vim.lsp.util.show_document(location, encoding, { focus = true })
  else
    vim.lsp.util.jump_to_location(location, encoding)
  end
end

--- Goes from Go to its assembly and back; asks where there are several architectures.
function M.switch()
  local server = connected()
  if not server then
    return
  end
  client.request(0, 'goAsm/switchSource', client.position_params(server), function(answer)
    local targets = answer and answer.targets or {}
    if #targets == 0 then
      vim.notify('This file has no counterpart')
    elseif #targets == 1 then
      jump(targets[1], server.offset_encoding)
    else
      vim.ui.select(targets, {
        prompt = 'Go to',
        format_item = function(target)
          return ('%s  %s'):format(target.label, vim.fn.fnamemodify(vim.uri_to_fname(target.uri), ':t'))
        end,
      }, function(target)
        if target then
          jump(target, server.offset_encoding)
        end
      end)
    end
  end)
end

--- Shows, picks or (with a name, or "auto") sets the architecture of the current file.
function M.architecture(name)
  if not connected() then
    return
  end
  local buffer = vim.api.nvim_get_current_buf()
  local document = client.document_params(buffer)
  local function set(goarch)
    client.request(buffer, 'goAsm/architecture', { textDocument = document, goarch = goarch }, function(answer)
      vim.notify(('GOARCH in use: %s'):format(answer.active))
    end)
  end
  if name and name ~= '' then
    set(name)
    return
  end
  client.request(buffer, 'goAsm/architecture', { textDocument = document }, function(answer)
    if not answer.applies then
      vim.notify(answer.reason ~= vim.NIL and answer.reason or 'This file is not Go assembly')
      return
    end
    local choices = vim.list_extend(vim.list_slice(answer.choices), { 'auto' })
    vim.ui.select(choices, {
      prompt = 'Architecture for this file',
      format_item = function(choice)
        return choice == answer.active and choice .. ' (in use)' or choice
      end,
    }, function(choice)
      if choice then
        set(choice)
      end
    end)
  end)
end

--- Applies the server's fix that writes the missing TEXT for what the cursor is on.
function M.create_stub()
  local server = connected()
  if not server then
    return
  end
  local position = client.position_params(server)
  local params = {
    textDocument = position.textDocument,
    range = { start = position.position, ['end'] = position.position },
    context = { diagnostics = {}, only = { STUB_KIND } },
  }
  client.request(0, 'textDocument/codeAction', params, function(actions)
    for _, action in ipairs(actions or {}) do
      if action.kind == STUB_KIND and action.edit then
        vim.lsp.util.apply_workspace_edit(action.edit, server.offset_encoding or 'utf-16')
        return
      end
    end
    vim.notify('No TEXT is missing for what the cursor is on')
  end)
end

return M
