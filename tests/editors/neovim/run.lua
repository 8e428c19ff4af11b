-- Runs one scenario in a real Neovim: nvim --headless --clean -u run.lua FILE
-- GO_ASM_SCENARIO names it, GO_ASM_PLUGIN is the plugin's folder, GO_ASM_SERVER the program.
-- Writes what failed to standard output; exit status 0 means that everything held.
local plugin = os.getenv('GO_ASM_PLUGIN')
local server = os.getenv('GO_ASM_SERVER')
vim.opt.runtimepath:prepend(plugin)
-- --clean leaves the user's own site folder out; an installed parser lies there.
vim.opt.runtimepath:append(vim.fn.stdpath('data') .. '/site')
vim.o.swapfile = false
vim.o.columns = 120
vim.o.lines = 40

local T = { has11 = vim.fn.has('nvim-0.11') == 1, server = server }

function T.check(what, condition, found)
  if not condition then
    error(('%s; found %s'):format(what, vim.inspect(found)), 2)
  end
end

function T.equal(what, found, expected)
  if not vim.deep_equal(found, expected) then
    error(('%s: found %s, expected %s'):format(what, vim.inspect(found), vim.inspect(expected)), 2)
  end
end

--- Waits until `condition` answers something true, and answers that.
function T.await(what, condition, milliseconds)
  local answer
  local done = vim.wait(milliseconds or 20000, function()
    answer = condition()
    return answer
  end, 20)
  if not done then
    error('waited in vain for ' .. what .. '\n' .. vim.inspect(T.context and T.context() or nil), 2)
  end
  return answer
end

function T.clients(buffer)
  return require('go_asm_lsp.client').clients(buffer or vim.api.nvim_get_current_buf())
end

function T.attached()
  return T.await('the server', function()
    local client = T.clients()[1]
    return client and client.initialized and client
  end)
end

function T.diagnostics(buffer)
  return vim.diagnostic.get(buffer or 0)
end

--- Waits until the buffer's diagnostics are these messages, by pattern and in order.
function T.await_diagnostics(patterns, buffer)
  T.context = function()
    return T.diagnostics(buffer)
  end
  T.await('diagnostics ' .. vim.inspect(patterns), function()
    local found = T.diagnostics(buffer)
    if #found ~= #patterns then
      return false
    end
    for index, pattern in ipairs(patterns) do
      if not found[index].message:find(pattern) then
        return false
      end
    end
    return true
  end)
  T.context = nil
end

function T.go_to(text)
  vim.fn.cursor(1, 1)
  T.check('the text is there: ' .. text, vim.fn.search([[\V]] .. text, 'cW') > 0)
end

function T.floats()
  return vim.tbl_filter(function(window)
    return vim.api.nvim_win_get_config(window).relative ~= ''
  end, vim.api.nvim_list_wins())
end

function T.text_of(window)
  return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
end

function T.open(name)
  vim.cmd('edit ' .. vim.fn.fnameescape(name))
end

function T.name()
  return vim.fn.fnamemodify(vim.api.nvim_buf_get_name(0), ':t')
end

function T.press(keys)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys, true, false, true), 'xt', false)
end

local scenarios = dofile(vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h') .. '/scenarios.lua')
local scenario = scenarios[os.getenv('GO_ASM_SCENARIO')]

if scenario.before then
  scenario.before(T)
else
  require('go_asm_lsp').setup({ cmd = { server } })
end

vim.api.nvim_create_autocmd('VimEnter', {
  callback = function()
    vim.schedule(function()
      local passed, failure = xpcall(scenario.run, debug.traceback, T)
      if not passed then
        io.stdout:write(failure .. '\n' .. vim.fn.execute('messages') .. '\n')
      end
      for _, client in ipairs(require('go_asm_lsp.client').clients()) do
        if T.has11 then
          client:stop(true)
        else
          client.stop(true)
        end
      end
      vim.cmd(passed and 'qall!' or 'cquit 1')
    end)
  end,
})
