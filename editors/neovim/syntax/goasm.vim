" Go assembly, for a Neovim without the tree-sitter parser.
if exists('b:current_syntax')
  finish
endif

syn case match
syn match   goasmContinuation "\\\s*$"
syn match   goasmMnemonic     "\v%(^|;|:|\\)\s*\zs\u[A-Z0-9_]*%(\.[A-Z0-9]+)*>[(:]@!"
syn match   goasmMacroCall    "\v%(^|;)\s*\zs\h\w*\ze\("
syn match   goasmLabel        "\v%(^|;)\s*\zs[A-Za-z_·∕][A-Za-z0-9_·∕]*\ze:"
syn match   goasmDeclaration  "\v%(^|;)\s*\zs<%(TEXT|GLOBL|DATA|FUNCDATA|PCDATA|PCALIGN|NO_LOCAL_POINTERS|GO_ARGS|GO_RESULTS_INITIALIZED)>"
syn match   goasmRegister     "\v<%(SB|FP|SP|PC|TLS|g|RSP|ZR|LR|CTR|ZERO|[A-D][LHX]|[SD]IB?|BPB?|SPB|[SDCEFG]S|R\d{1,2}[BWL]?|[FVXYZKMPTSA]\d{1,2})>%(\.\a+\d*)?"
syn match   goasmSymbol       "\v%([A-Za-z_][A-Za-z0-9_.∕]*)?·[A-Za-z0-9_·∕.]+"
syn match   goasmSymbol       "\v\h\w*\<\a*\>"
syn match   goasmSlot         "\v\h\w*\ze%([-+][^() ,]*)?\((FP|SP)\)"
syn keyword goasmFlag         NOPROF DUPOK NOSPLIT RODATA NOPTR WRAPPER NEEDCTXT TLSBSS NOFRAME REFLECTMETHOD TOPFRAME ABIWRAPPER
syn match   goasmNumber       "\v<%(0[xX][0-9A-Fa-f_]+|0[bB][01_]+|\d[0-9_]*%(\.\d*)?%([eE][-+]?\d+)?)>"
syn match   goasmCharacter    "'\%(\\.[0-9A-Fa-f]*\|[^'\\]\)'"
syn region  goasmString       start=+"+ skip=+\\.+ end=+"+ oneline
syn match   goasmPreproc      "^\s*#\s*\%(include\|define\|undef\|ifdef\|ifndef\|else\|endif\|line\)\>"
syn match   goasmComment      "//.*$" contains=goasmTodo,goasmBuild,@Spell
syn match   goasmBuild        "^//go:build\>.*$" contained
syn region  goasmComment      start="/\*" end="\*/" contains=goasmTodo,@Spell
syn keyword goasmTodo         TODO FIXME XXX BUG contained

hi def link goasmContinuation Special
hi def link goasmMnemonic     Keyword
hi def link goasmMacroCall    Macro
hi def link goasmLabel        Label
hi def link goasmDeclaration  Define
hi def link goasmRegister     Identifier
hi def link goasmSymbol       Function
hi def link goasmSlot         Identifier
hi def link goasmFlag         Constant
hi def link goasmNumber       Number
hi def link goasmCharacter    Character
hi def link goasmString       String
hi def link goasmPreproc      PreProc
hi def link goasmComment      Comment
hi def link goasmBuild        PreProc
hi def link goasmTodo         Todo

let b:current_syntax = 'goasm'
