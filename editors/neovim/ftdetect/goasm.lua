-- Gives Go assembly the filetype goasm, and leaves every other dialect of .s alone.
if vim.fn.has('nvim-0.8') == 1 then
  vim.filetype.add({
    pattern = {
      -- The priority beats Neovim's own pattern for .s; answering nil hands the file on to it.
      ['.*%.s'] = {
        function(path, buffer)
          return require('go_asm_lsp.filetype').is_go(path, buffer) and 'goasm' or nil
        end,
        { priority = 10 },
      },
    },
  })
else
  vim.api.nvim_create_autocmd({ 'BufNewFile', 'BufRead' }, {
    pattern = '*.s',
    callback = function(event)
      if require('go_asm_lsp.filetype').is_go(event.match, event.buf) then
        vim.bo[event.buf].filetype = 'goasm'
      end
    end,
  })
end
