(text
  symbol: (memory
    displacement: [
      (identifier) @name
      (static_symbol
        name: (identifier) @name)
    ])) @definition.function

(globl
  symbol: (memory
    displacement: [
      (identifier) @name
      (static_symbol
        name: (identifier) @name)
    ])) @definition.variable

(preproc_define
  name: (identifier) @name) @definition.macro

(macro_call
  name: (identifier) @name) @reference.call

((instruction
  mnemonic: (identifier) @_mnemonic
  operand: (memory
    displacement: [
      (identifier) @name
      (static_symbol
        name: (identifier) @name)
    ])) @reference.call
  (#any-of? @_mnemonic "CALL" "BL" "JAL" "JMP" "B" "BR"))
