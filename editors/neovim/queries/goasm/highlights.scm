; Which words are registers or known mnemonics depends on the architecture: the language
; server's semantic tokens tell. Here a word is coloured by its place. Later patterns
; win.

(comment) @comment

; Literals and signs

(integer) @number

(float) @number.float

(character) @character

(string) @string

[
  "$"
  "*"
  "/"
  "%"
  "+"
  "-"
  "|"
  "&"
  "^"
  "~"
  "<<"
  ">>"
  "->"
  "@>"
  "\\"
] @operator

[
  "("
  ")"
  "["
  "]"
] @punctuation.bracket

[
  ","
  ":"
  ";"
  "."
] @punctuation.delimiter

; Operands, wherever they stand

(arguments
  argument: (identifier) @variable)

(memory
  displacement: [
    (identifier) @variable.member
    (static_symbol) @variable.member
    (binary_expression
      left: [
        (identifier)
        (static_symbol)
      ] @variable.member)
  ])

(instruction
  operand: (identifier) @variable)

(instruction
  operand: (suffixed
    name: (identifier) @variable))

(instruction
  operand: (immediate
    value: (identifier) @constant))

(memory
  base: (identifier) @variable.builtin)

(memory
  index: (identifier) @variable.builtin)

(memory
  index: (binary_expression
    left: (identifier) @variable.builtin))

(group
  item: (identifier) @variable)

(register_list
  item: (identifier) @variable)

; Preprocessor

[
  "#"
  "define"
  "undef"
  "include"
  "ifdef"
  "ifndef"
  "else"
  "endif"
  "line"
] @keyword.directive

(preproc_include
  path: (string) @string.special.path)

(preproc_define
  name: (identifier) @function.macro
  parameters: (parameters))

(preproc_define
  name: (identifier) @constant.macro
  !parameters)

[
  (preproc_undef
    name: (identifier) @constant.macro)
  (preproc_ifdef
    name: (identifier) @constant.macro)
  (preproc_ifndef
    name: (identifier) @constant.macro)
]

(parameters
  parameter: (identifier) @variable.parameter)

; Statements

[
  "TEXT"
  "GLOBL"
  "DATA"
] @keyword

(text
  symbol: (memory
    displacement: [
      (identifier)
      (static_symbol)
    ] @function))

(globl
  symbol: (memory
    displacement: [
      (identifier)
      (static_symbol)
    ] @variable))

(data
  symbol: (memory
    displacement: [
      (identifier) @variable
      (static_symbol) @variable
      (binary_expression
        left: [
          (identifier)
          (static_symbol)
        ] @variable)
    ]))

(text
  flags: [
    (identifier) @constant.builtin
    (binary_expression
      (identifier) @constant.builtin)
    (parenthesized_expression
      (binary_expression
        (identifier) @constant.builtin))
  ])

(globl
  flags: [
    (identifier) @constant.builtin
    (binary_expression
      (identifier) @constant.builtin)
    (parenthesized_expression
      (binary_expression
        (identifier) @constant.builtin))
  ])

(label
  name: (identifier) @label)

(instruction
  mnemonic: (identifier) @function.builtin)

(instruction
  mnemonic: (suffixed
    name: (identifier) @function.builtin))

(suffixed
  suffix: (identifier) @attribute)

(macro_call
  name: (identifier) @function.macro)
