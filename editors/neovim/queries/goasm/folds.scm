[
  (function)
  (preproc_define)
  (comment)
] @fold
