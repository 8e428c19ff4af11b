(function) @function.outer

(function
  header: (text)
  (_)+ @function.inner)

(instruction) @statement.outer

(instruction
  operand: (_) @parameter.inner)

(macro_call) @call.outer

(arguments
  argument: (_) @parameter.inner)

(comment) @comment.outer

(preproc_define) @block.outer

(macro_body) @block.inner
