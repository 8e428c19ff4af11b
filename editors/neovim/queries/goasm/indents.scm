; Instructions are indented; what names or declares something stands at the margin.

(function) @indent.begin

(macro_body) @indent.begin

[
  (text)
  (globl)
  (data)
  (label)
  (preproc_define)
  (preproc_undef)
  (preproc_include)
  (preproc_ifdef)
  (preproc_ifndef)
  (preproc_else)
  (preproc_endif)
  (preproc_line)
] @indent.zero

(comment) @indent.auto
