-- Dims the lines that #ifdef leaves out for the architecture in use.
local M = {}

M.namespace = vim.api.nvim_create_namespace('go_asm_lsp_inactive')

local function link_highlight()
  local existing = vim.fn.hlexists('DiagnosticUnnecessary') == 1 and 'DiagnosticUnnecessary' or 'Comment'
  vim.api.nvim_set_hl(0, 'GoAsmInactive', { default = true, link = existing })
end

--- Handles the notification goAsm/inactiveRegions.
function M.handler(_, params)
  local buffer = vim.uri_to_bufnr(params.uri)
  if not vim.api.nvim_buf_is_loaded(buffer) then
    return
  end
  link_highlight()
  vim.api.nvim_buf_clear_namespace(buffer, M.namespace, 0, -1)
  local last = vim.api.nvim_buf_line_count(buffer)
  for _, region in ipairs(params.regions) do
    for line = region.start.line, math.min(region['end'].line, last - 1) do
      local is_whole = line < region['end'].line or region['end'].character > 0
      if is_whole then
        -- Above tree-sitter (100) and semantic tokens (125).
        vim.api.nvim_buf_set_extmark(buffer, M.namespace, line, 0, {
          end_row = line,
          end_col = #vim.api.nvim_buf_get_lines(buffer, line, line + 1, false)[1],
          hl_group = 'GoAsmInactive',
          priority = 200,
        })
      end
    end
  end
end

return M
