-- What a user of Neovim does, step by step. Every scenario starts with sum_amd64.s open.
local S = {}

local WRONG = 'invalid offset start%+16%(FP%); expected start%+24%(FP%)'

S.filetype = {
  run = function(T)
    T.equal('filetype of Go assembly', vim.bo.filetype, 'goasm')
    T.equal('commentstring', vim.bo.commentstring, '// %s')
    T.open('gnu/start.s')
    T.equal('filetype of GNU assembly', vim.bo.filetype, 'asm')
    vim.wait(300)
    T.equal('servers for GNU assembly', #T.clients(), 0)
    T.open('new_amd64.s')
    T.equal('filetype of a new file beside Go files', vim.bo.filetype, 'goasm')
  end,
}

S.indent = {
  before = function() end,
  run = function(T)
    vim.cmd('%delete')
    local typed = { 'TEXT ·F(SB), NOSPLIT, $0-8', 'MOVQ $1, AX', 'loop:', 'DECQ AX', 'JNE loop', 'RET' }
    vim.api.nvim_buf_set_lines(0, 0, -1, false, typed)
    vim.cmd('normal! gg=G')
    T.equal('indented', vim.api.nvim_buf_get_lines(0, 0, -1, false), {
      'TEXT ·F(SB), NOSPLIT, $0-8',
      '\tMOVQ $1, AX',
      'loop:',
      '\tDECQ AX',
      '\tJNE loop',
      '\tRET',
    })
    vim.cmd('normal! gg=G')
    T.equal('indented again', vim.fn.getline(4), '\tDECQ AX')
    vim.fn.cursor(1, 1)
    T.press('oNOP<Esc>')
    T.equal('a line opened below TEXT', vim.fn.getline(2), '\tNOP')
  end,
}

S.colours = {
  before = function() end,
  run = function(T)
    local function group(text)
      T.go_to(text)
      local id = vim.fn.synID(vim.fn.line('.'), vim.fn.col('.'), 1)
      return vim.fn.synIDattr(id, 'name')
    end
    local expected = {
      ['TEXT ·'] = 'goasmDeclaration',
      ['·Sum'] = 'goasmSymbol',
      ['NOSPLIT'] = 'goasmFlag',
      ['MOVQ'] = 'goasmMnemonic',
      ['xs_base'] = 'goasmSlot',
      ['SI\n'] = 'goasmRegister',
      ['loop:'] = 'goasmLabel',
      ['#include'] = 'goasmPreproc',
      ['// func'] = 'goasmComment',
    }
    for text, wanted in pairs(expected) do
      T.equal('colour of ' .. text, group((text:gsub('\n', ''))), wanted)
    end
  end,
}

S.diagnostics = {
  run = function(T)
    T.attached()
    T.await_diagnostics({ WRONG })
    local found = T.diagnostics()[1]
    local line = vim.fn.getline(found.lnum + 1)
    T.equal('marked text', line:sub(found.col + 1, found.end_col), 'start+16(FP)')
    vim.cmd([[silent %s/start+16/start+24/]])
    T.await_diagnostics({})
    vim.cmd('silent undo')
    T.await_diagnostics({ WRONG })
  end,
}

S.single_file = {
  -- A file with blanks, #, % and another script in its path, and no folder opened.
  run = function(T)
    T.attached()
    T.await_diagnostics({ WRONG })
    T.check('the path is the odd one', vim.api.nvim_buf_get_name(0):find('%%41') ~= nil, vim.api.nvim_buf_get_name(0))
    T.go_to('·Sum')
    vim.lsp.buf.definition()
    T.await('the Go file', function()
      return T.name() == 'kernel.go'
    end)
  end,
}

S.hover = {
  run = function(T)
    T.attached()
    T.await_diagnostics({ WRONG })
    T.go_to('·Sum(SB)')
    vim.lsp.buf.hover()
    T.await('the hover', function()
      return #T.floats() > 0
    end)
    local text = T.text_of(T.floats()[1])
    T.check('the prototype', text:find('func Sum%(xs %[%]int64, start int64%) %(total int64%)') ~= nil, text)
    T.check('a slot of the frame', text:find('start') ~= nil and text:find('24') ~= nil, text)
  end,
}

S.definition = {
  run = function(T)
    T.attached()
    T.go_to('·Sum(SB)')
    vim.lsp.buf.definition()
    T.await('the Go file', function()
      return T.name() == 'kernel.go'
    end)
    T.equal('the line in Go', vim.fn.getline('.'), 'func Sum(xs []int64, start int64) (total int64)')
    T.attached()
    T.go_to('Sum(xs')
    vim.lsp.buf.definition()
    T.await('the places in assembly', function()
      return T.name():find('^sum_.*%.s$') or vim.bo.buftype == 'quickfix' or #vim.fn.getqflist() == 2
    end)
    local names = vim.tbl_map(function(item)
      return vim.fn.fnamemodify(vim.fn.bufname(item.bufnr), ':t')
    end, vim.fn.getqflist())
    table.sort(names)
    T.equal('one place for each architecture', names, { 'sum_amd64.s', 'sum_arm64.s' })
  end,
}

S.quick_fix = {
  run = function(T)
    T.attached()
    T.await_diagnostics({ WRONG })
    T.go_to('start+16')
    local chosen
    vim.ui.select = function(items, options, on_choice)
      chosen = vim.tbl_map(options.format_item or tostring, items)
      on_choice(items[1], 1)
    end
    vim.lsp.buf.code_action()
    T.await('the fixed line', function()
      return vim.fn.search([[\Vstart+24(FP)]], 'nw') > 0
    end)
    T.check('a fix was offered', #chosen > 0, chosen)
    T.await_diagnostics({})
  end,
}

S.frame = {
  run = function(T)
    T.attached()
    T.await_diagnostics({ WRONG })
    T.go_to('start+16')
    vim.cmd('GoAsmFrame')
    local window = T.await('the frame', function()
      return T.floats()[1]
    end)
    T.check('the title', T.text_of(window):find('^Sum  amd64') ~= nil, T.text_of(window))
    T.check('a result', T.text_of(window):find('total%+32%(FP%)') ~= nil, T.text_of(window))
    local function active()
      return T.text_of(window):match('▶ ([^\n]*)') or ''
    end
    T.go_to('xs_len+8')
    vim.cmd('doautocmd CursorMoved')
    T.await('the active slot to follow the cursor', function()
      return active():find('^xs_len%+8%(FP%)') ~= nil
    end)
    T.go_to('saved-8')
    vim.cmd('doautocmd CursorMoved')
    T.await('the active slot to be the local', function()
      return active():find('saved%-8%(SP%)') ~= nil
    end)
    vim.api.nvim_set_current_win(window)
    vim.fn.search([[\Vtotal+32(FP)]], 'w')
    T.press('<CR>')
    T.equal('the use of the chosen slot', vim.fn.getline('.'), '\tMOVQ AX, total+32(FP)')
    T.equal('all uses are listed', #vim.fn.getloclist(0), 1)
    vim.cmd('GoAsmFrame')
    T.equal('floats after closing', #T.floats(), 0)
  end,
}

S.architecture = {
  run = function(T)
    T.open('width.s')
    T.attached()
    local inactive = require('go_asm_lsp.inactive')
    local function dimmed()
      local marks = vim.api.nvim_buf_get_extmarks(0, inactive.namespace, 0, -1, {})
      return vim.tbl_map(function(mark)
        return vim.trim(vim.fn.getline(mark[2] + 1))
      end, marks)
    end
    T.context = dimmed
    T.await('the lines of arm64 to be dimmed', function()
      return vim.deep_equal(dimmed(), { 'MOVD $2, R0', 'MOVD R0, ret+0(FP)' })
    end)
    vim.cmd('GoAsmArchitecture arm64')
    T.await('the lines of amd64 to be dimmed', function()
      return vim.deep_equal(dimmed(), { 'MOVQ $4, ret+0(FP)' })
    end)
    T.context = nil
    local offered
    vim.ui.select = function(items, _, on_choice)
      offered = items
      on_choice('auto')
    end
    vim.cmd('GoAsmArchitecture')
    T.await('the choice', function()
      return offered
    end)
    T.equal('choices', offered, { 'amd64', 'arm64', 'auto' })
    T.await('the lines of arm64 to be dimmed again', function()
      return vim.deep_equal(dimmed(), { 'MOVD $2, R0', 'MOVD R0, ret+0(FP)' })
    end)
  end,
}

S.unsaved_prototype = {
  run = function(T)
    local assembly = vim.api.nvim_get_current_buf()
    T.attached()
    T.await_diagnostics({ WRONG })
    vim.cmd([[silent %s/start+16/start+24/]])
    T.await_diagnostics({})
    vim.cmd('split kernel.go')
    T.attached()
    vim.cmd([[silent %s/xs \[\]int64, start int64/xs []int64, start int32/]])
    T.check('the Go file is not saved', vim.bo.modified)
    T.await_diagnostics({ 'invalid MOVQ of start%+24%(FP%); int32 is 4%-byte value' }, assembly)
    vim.cmd('silent undo')
    T.await_diagnostics({}, assembly)
  end,
}

S.crash = {
  run = function(T)
    T.attached()
    T.await_diagnostics({ WRONG })
    local first = T.clients()[1].id
    local found = vim.fn.systemlist({ 'pgrep', '-P', tostring(vim.fn.getpid()) })
    local server
    for _, child in ipairs(found) do
      local command = vim.fn.system({ 'ps', '-o', 'args=', '-p', child })
      if command:find('go%-asm%-lsp') then
        server = child
      end
    end
    T.check('the server is a child of Neovim', server ~= nil, found)
    vim.fn.system({ 'kill', '-9', server })
    T.await('the client to notice', function()
      return #T.clients() == 0
    end)
    vim.cmd('GoAsmRestart')
    T.check('another client', T.attached().id ~= first)
    vim.cmd([[silent %s/start+16/start+17/]])
    T.await_diagnostics({ 'invalid offset start%+17%(FP%)' })
  end,
}

S.switch_source = {
  run = function(T)
    T.attached()
    T.go_to('·Sum(SB)')
    local offered
    vim.ui.select = function(items, options, on_choice)
      offered = vim.tbl_map(options.format_item, items)
      on_choice(items[1])
    end
    vim.cmd('GoAsmSwitch')
    T.await('the Go file', function()
      return T.name() == 'kernel.go'
    end)
    T.equal('where one can go', #offered, 2)
    T.attached()
    vim.cmd('GoAsmSwitch')
    T.await('the assembly', function()
      return T.name() == 'sum_amd64.s'
    end)
  end,
}

S.create_stub = {
  run = function(T)
    T.open('kernel.go')
    T.attached()
    vim.o.hidden = true
    T.go_to('Scale(dst')
    vim.cmd('GoAsmCreateStub')
    T.await('a TEXT for Scale', function()
      for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
        for _, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
          if line:find('^TEXT ·Scale%(SB%)') then
            return true
          end
        end
      end
    end)
  end,
}

S.health = {
  run = function(T)
    T.attached()
    vim.cmd('checkhealth go_asm_lsp')
    local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    T.check('the program', text:find('go%-asm%-lsp') ~= nil, text)
    T.check('the running server', text:find('server running for') ~= nil, text)
    T.check('no error', text:find('ERROR') == nil, text)
  end,
}

S.missing_server = {
  before = function()
    require('go_asm_lsp').setup({ cmd = { '/nonexistent/go-asm-lsp' } })
  end,
  run = function(T)
    vim.wait(500)
    T.equal('clients', #T.clients(), 0)
    vim.cmd('checkhealth go_asm_lsp')
    local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    T.check('the health check names the cause', text:find('/nonexistent/go%-asm%-lsp cannot be executed') ~= nil, text)
  end,
}

S.enable = {
  -- Without setup(): the configuration that lies in lsp/ of the plugin.
  before = function(T)
    vim.env.PATH = vim.fn.fnamemodify(T.server, ':h') .. ':' .. vim.env.PATH
    vim.lsp.enable('go_asm_lsp')
  end,
  run = function(T)
    T.attached()
    T.await_diagnostics({ WRONG })
  end,
}

S.parser = {
  run = function(T)
    vim.cmd('GoAsmInstallParser')
    local treesitter = require('go_asm_lsp.treesitter')
    T.check('the parser is installed', treesitter.installed_parser() ~= nil, vim.fn.execute('messages'))
    T.open('sum_amd64.s')
    vim.cmd('edit')
    T.check('the highlighter runs', vim.treesitter.highlighter.active[vim.api.nvim_get_current_buf()] ~= nil)
    T.check('the file has no error node', not vim.treesitter.get_parser(0, 'goasm'):parse()[1]:root():has_error())
    local function captures(text)
      T.go_to(text)
      local names = vim.tbl_map(function(capture)
        return capture.capture
      end, vim.treesitter.get_captures_at_pos(0, vim.fn.line('.') - 1, vim.fn.col('.') - 1))
      return names
    end
    for _, text in ipairs({ 'TEXT ·', '·Sum', 'MOVQ', 'loop:', '#include', '// func' }) do
      T.check('a capture for ' .. text, #captures(text) > 0)
    end
    for _, name in ipairs({ 'highlights', 'folds', 'locals', 'indents', 'textobjects', 'injections' }) do
      if #vim.api.nvim_get_runtime_file('queries/goasm/' .. name .. '.scm', true) > 0 then
        vim.treesitter.query.get('goasm', name)
      end
    end
    vim.cmd('checkhealth go_asm_lsp')
    local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    T.check('the health check knows the parser', text:find('tree%-sitter parser: ') ~= nil, text)
  end,
}

S.beside_gopls = {
  -- gopls for Go files and, as some users configure it, for assembly too.
  before = function(T)
    require('go_asm_lsp').setup({ cmd = { T.server } })
    vim.lsp.config('gopls', {
      cmd = { os.getenv('GO_ASM_GOPLS') },
      filetypes = { 'go', 'goasm' },
      root_markers = { 'go.mod' },
      get_language_id = function(_, filetype)
        return filetype == 'goasm' and 'go.s' or filetype
      end,
    })
    vim.lsp.enable('gopls')
  end,
  run = function(T)
    T.attached()
    local function both()
      return T.await('both servers', function()
        local clients = vim.lsp.get_clients({ bufnr = 0 })
        return #clients == 2 and clients[1].initialized and clients[2].initialized
      end, 60000)
    end
    both()
    T.await_diagnostics({ WRONG })
    local function answers(method, extra)
      local all = {}
      for _, client in ipairs(vim.lsp.get_clients({ bufnr = 0 })) do
        local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(0, client.offset_encoding), extra or {})
        local answer = client:request_sync(method, params, 60000, 0)
        local result = answer and answer.result
        if result and result ~= vim.NIL and not vim.tbl_isempty(result) then
          all[client.name] = result
        end
      end
      return all
    end
    -- In Go, hover is gopls' alone.
    T.open('kernel.go')
    both()
    T.go_to('Sum(xs')
    local hover = answers('textDocument/hover')
    T.equal('who hovers in Go', vim.tbl_keys(hover), { 'gopls' })
    for _, method in ipairs({ 'textDocument/documentSymbol', 'textDocument/foldingRange', 'textDocument/documentHighlight' }) do
      local found = answers(method, { textDocument = vim.lsp.util.make_text_document_params(0) })
      T.equal('who answers ' .. method .. ' in Go', found.go_asm_lsp, nil)
    end
    -- Neither marks anything in the Go file, which is correct.
    vim.wait(1500)
    T.equal('diagnostics in Go', T.diagnostics(), {})
    -- The definition of a prototype names each place once.
    vim.lsp.buf.definition()
    vim.wait(3000, function()
      return #vim.fn.getqflist() > 0 or T.name() ~= 'kernel.go'
    end)
    vim.wait(500)
    T.check('more than one architecture', #vim.fn.getqflist() > 1, vim.fn.getqflist())
    local seen = {}
    for _, item in ipairs(vim.fn.getqflist()) do
      local place = vim.fn.fnamemodify(vim.fn.bufname(item.bufnr), ':t') .. ':' .. item.lnum
      T.check('named once: ' .. place, not seen[place], vim.fn.getqflist())
      seen[place] = true
    end
  end,
}

return S
