/**
 * @file Go assembly, the Plan 9 dialect of the Go toolchain, for all architectures.
 *
 * Whether a word is a register, a mnemonic, a label or a macro depends on the architecture
 * and on `#define` lines, so it is not decided here. A source file and text whose macros are
 * expanded are both accepted.
 *
 * @license BSD-3-Clause
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

// The assembler follows Go here, not C: shifts and `&` bind like `*`.
const PREC = {
  ARGUMENT: 1, // `(x)` is an argument
  BASE: 2, // `(x)` is an address
  SUM: 3,
  PRODUCT: 4,
  UNARY: 5,
  SUFFIX: 6,
};


module.exports = grammar({
  name: "goasm",

  // The last two are never made: see src/scanner.c.
  externals: ($) => [$._line_end, $._blank, $._line_start, $._recovery],

  extras: ($) => [/[ \t\r]/, $.comment, $._blank],

  word: ($) => $.identifier,

  supertypes: ($) => [$.directive, $.statement, $.operand, $.expression],

  inline: ($) => [$._open],

  // In a macro's body `x -8(SP)` is an operand or an instruction with one: only what follows
  // tells, and where nothing does, a lone word is an operand.
  conflicts: ($) => [[$._named, $.instruction]],

  rules: {
    source_file: ($) => seq(repeat($._line), repeat($.function)),

    // From a TEXT line up to the next one.
    function: ($) =>
      prec.right(seq(field("header", $.text), $._end, repeat($._line))),

    _line: ($) =>
      choice(
        seq($.directive, $._line_end),
        $.label,
        seq($.statement, $._end),
        $._end,
        $._line_start,
      ),

    _end: ($) => choice(";", $._line_end),

    // Preprocessor lines. Conditionals are single lines, not blocks: they may enclose the
    // header of a function without its body.

    directive: ($) => choice($.preproc_define, $._plain_directive),

    _plain_directive: ($) =>
      choice(
        $.preproc_undef,
        $.preproc_include,
        $.preproc_ifdef,
        $.preproc_ifndef,
        $.preproc_else,
        $.preproc_endif,
        $.preproc_line,
      ),

    preproc_define: ($) =>
      seq(
        "#",
        "define",
        field("name", $.identifier),
        optional(field("parameters", $.parameters)),
        optional(field("body", $.macro_body)),
      ),

    // `#define F (x)` has no parameters.
    parameters: ($) =>
      seq(
        token.immediate("("),
        optional(
          seq(field("parameter", $.identifier), repeat(seq(",", field("parameter", $.identifier)))),
        ),
        ")",
      ),

    macro_body: ($) =>
      choice(
        repeat1($._separator),
        seq(
          repeat($._separator),
          choice(prec.dynamic(1, $._operand_list), $._body_line),
        ),
      ),

    _body_line: ($) =>
      choice(
        $._body_statement,
        seq(
          choice($.label, seq($._body_statement, $._separator)),
          repeat(choice($.label, $._separator, seq($._body_statement, $._separator))),
          optional($._body_statement),
        ),
      ),

    // The assembler runs a directive that comes out of a macro.
    _body_statement: ($) => choice($.statement, $.text, $._plain_directive),

    // An escaped line end is an ordinary line end when the macro is expanded.
    _separator: ($) => choice(";", $._continuation),

    _continuation: ($) => seq("\\", $._line_end),

    preproc_undef: ($) => seq("#", "undef", field("name", $.identifier)),

    preproc_include: ($) => seq("#", "include", field("path", $.string)),

    preproc_ifdef: ($) => seq("#", "ifdef", field("name", $.identifier)),

    preproc_ifndef: ($) => seq("#", "ifndef", field("name", $.identifier)),

    preproc_else: () => seq("#", "else"),

    preproc_endif: () => seq("#", "endif"),

    preproc_line: ($) => seq("#", "line", field("number", $.integer), field("file", $.string)),

    // Statements

    statement: ($) => choice($.globl, $.data, $.instruction, prec(PREC.ARGUMENT, $.macro_call)),

    label: ($) => seq(field("name", $.identifier), ":"),

    text: ($) =>
      seq(
        "TEXT",
        field("symbol", $.operand),
        optional(
          seq(
            ",",
            optional(
              choice(
                field("frame", $.frame_size),
                seq(
                  field("flags", $.expression),
                  optional(seq(",", optional(field("frame", choice($.frame_size, $.expression))))),
                ),
              ),
            ),
          ),
        ),
      ),

    // `$24-8` is two sizes, not a difference.
    frame_size: ($) =>
      seq(
        "$",
        field("frame", choice($._size, alias($._negative_size, $.unary_expression))),
        optional(seq("-", field("arguments", $._size))),
      ),

    _negative_size: ($) => seq(field("operator", "-"), field("operand", $._size)),

    _size: ($) => choice($.integer, $.identifier, $.macro_call, $.parenthesized_expression),

    globl: ($) =>
      seq(
        "GLOBL",
        field("symbol", $.operand),
        optional(
          seq(
            ",",
            optional(
              choice(
                field("size", $.immediate),
                seq(
                  field("flags", $.expression),
                  optional(seq(",", optional(field("size", choice($.immediate, $.expression))))),
                ),
              ),
            ),
          ),
        ),
      ),

    data: ($) =>
      seq(
        "DATA",
        field("symbol", $.operand),
        "/",
        field("width", $.expression),
        optional(seq(",", optional(field("value", $.operand)))),
      ),

    instruction: ($) =>
      seq(field("mnemonic", choice($.identifier, $.suffixed)), optional($._operands)),

    // `:` separates the registers of an old pair, `DX:AX`. An operand may be missing, as it
    // is while one types: else the next line would be taken for it.
    _operands: ($) =>
      seq(
        field("operand", $.operand),
        repeat(seq(choice(",", ":"), optional(field("operand", $.operand)))),
      ),

    _operand_list: ($) =>
      seq(field("operand", $.operand), repeat(seq(",", field("operand", $.operand)))),

    macro_call: ($) => prec(PREC.ARGUMENT, call($)),

    // In `x+off(SP)` the parenthesis belongs to the whole sum, not to a macro `off`.
    _inner_call: ($) => prec(-1, call($)),

    arguments: ($) =>
      seq(
        token.immediate("("),
        optional(field("argument", $._argument)),
        repeat(seq(",", optional(field("argument", $._argument)))),
        ")",
      ),

    // The same tokens as the address in `f(SB)`: what follows decides.
    _lone_name: ($) =>
      prec(PREC.ARGUMENT, seq(token.immediate("("), field("argument", $._named), ")")),

    _argument: ($) => choice($.operand, alias($._argument_tokens, $.fragment)),

    // Labels and instructions, whole or as far as the next comma.
    _argument_tokens: ($) =>
      choice(
        seq($._argument_word, $.operand),
        seq(
          optional($._argument_piece),
          repeat1(seq(choice(":", ";"), optional($._argument_piece))),
        ),
      ),

    _argument_piece: ($) => choice($.operand, seq($._argument_word, $.operand)),

    // In `x -8(SP)` and `x (R1)` the word is part of the operand.
    _argument_word: ($) => prec(-1, choice($.identifier, $.suffixed)),

    // Operands

    operand: ($) =>
      choice(
        $.immediate,
        $.indirect,
        $.expression,
        $.memory,
        $.register_list,
        $.group,
        $.predicate_element,
      ),

    immediate: ($) =>
      seq("$", field("value", choice($.expression, alias($._address, $.memory)))),

    indirect: ($) => seq("*", field("target", choice($.expression, $.memory))),

    memory: ($) =>
      prec.right(
        PREC.BASE,
        seq(
          choice(
            "(",
            // Not yet an expression when its parenthesis comes: `f(SB)` and the macro call
            // `f(8)` part only behind it.
            seq(field("displacement", $.identifier), token.immediate("(")),
            seq(field("displacement", $.expression), $._open),
          ),
          field("base", $._named),
          ")",
          optional($._index),
        ),
      ),

    // Behind `$`, a lone `(x)` is a constant.
    _address: ($) =>
      prec.right(
        PREC.BASE,
        choice(
          seq("(", field("base", $._named), ")", $._index),
          seq(
            choice(
              seq(field("displacement", $.identifier), token.immediate("(")),
              seq(field("displacement", $.expression), $._open),
            ),
            field("base", $._named),
            ")",
            optional($._index),
          ),
        ),
      ),

    _index: ($) => seq($._open, field("index", $._named), ")"),

    // `(R5, R6)`. With a blank before them these may also be the arguments of a macro.
    group: ($) =>
      prec(
        -1,
        seq(
          "(",
          field("item", $.operand),
          repeat1(seq(",", field("item", $.operand))),
          ")",
        ),
      ),

    register_list: ($) =>
      seq("[", field("item", $.operand), repeat(seq(",", field("item", $.operand))), "]"),

    // arm64's `[R1, $2](P1.D)`
    predicate_element: ($) =>
      prec.right(
        PREC.BASE,
        seq(field("index", $.register_list), $._open, field("register", $._named), ")"),
      ),

    _open: () => choice("(", token.immediate("(")),

    // Expressions

    expression: ($) => choice($._named, $._constant),

    // Those whose leftmost word is a name: a register, a symbol or a macro.
    _named: ($) =>
      choice(
        $.identifier,
        $.static_symbol,
        $.quoted_symbol,
        $.suffixed,
        $.element,
        $.macro_call,
        alias($._named_binary, $.binary_expression),
      ),

    // The same behind an operator.
    _inner_named: ($) =>
      choice(
        $.identifier,
        $.static_symbol,
        $.quoted_symbol,
        alias($._inner_suffixed, $.suffixed),
        alias($._inner_element, $.element),
        alias($._inner_call, $.macro_call),
        alias($._inner_binary, $.binary_expression),
      ),

    _constant: ($) =>
      choice(
        $.integer,
        $.float,
        $.character,
        $.string,
        $.unary_expression,
        $.parenthesized_expression,
        alias($._constant_binary, $.binary_expression),
      ),

    // `f<>` and `f<ABIInternal>`
    static_symbol: ($) =>
      seq(field("name", $.identifier), "<", optional(field("abi", $.identifier)), ">"),

    // `"".f`, as old compiler listings have it
    quoted_symbol: ($) => seq(field("package", $.string), ".", field("name", $.identifier)),

    // `MOVW.P`, `V1.B16`, `R2.UXTW`
    suffixed: ($) => suffixed($, choice($.identifier, $.macro_call)),

    _inner_suffixed: ($) => suffixed($, $.identifier),

    // `V1.D[0]`
    element: ($) => element($, choice($.identifier, $.macro_call, $.suffixed)),

    _inner_element: ($) =>
      element($, choice($.identifier, alias($._inner_suffixed, $.suffixed))),

    _named_binary: ($) => binary($, $._named),

    _inner_binary: ($) => binary($, $._inner_named),

    _constant_binary: ($) => binary($, $._constant),

    unary_expression: ($) =>
      prec(
        PREC.UNARY,
        seq(
          field("operator", choice("+", "-", "~")),
          field("operand", choice($._inner_named, $._constant)),
        ),
      ),

    parenthesized_expression: ($) =>
      prec(PREC.ARGUMENT, choice(seq("(", $._named, ")"), seq("(", $._constant, ")"))),

    // Tokens, as text/scanner makes them for the assembler

    identifier: () => /[\p{L}_·∕][\p{L}\p{Nd}_·∕]*/,

    integer: () =>
      token(choice(/0[xX][0-9a-fA-F_]*/, /0[bBoO][0-9_]*/, /[0-9][0-9_]*/)),

    float: () =>
      token(
        choice(
          /[0-9][0-9_]*\.[0-9_]*([eEpP][+-]?[0-9_]*)?/,
          /\.[0-9][0-9_]*([eEpP][+-]?[0-9_]*)?/,
          /[0-9][0-9_]*[eEpP][+-]?[0-9_]*/,
          /0[xX][0-9a-fA-F_]*\.[0-9a-fA-F_]*([pP][+-]?[0-9_]*)?/,
          /0[xX][0-9a-fA-F_]*[pP][+-]?[0-9_]*/,
        ),
      ),

    character: () => /'([^'\\\n]|\\[^\n])*'/,

    string: () => /"([^"\\\n]|\\[^\n])*"/,

    // A carriage return before the line end belongs to the line end. A block comment that is
    // not closed reaches to the end of the file.
    comment: () =>
      token(
        choice(
          /\/\/([^\r\n]|\r+[^\r\n])*/,
          /\/\*([^*]|\*+[^*/])*(\*+\/?)?/,
        ),
      ),
  },
});

/**
 * Makes the binary expressions with `left` on their left side.
 *
 * @param {GrammarSymbols<string>} $
 * @param {RuleOrLiteral} left
 */
function binary($, left) {
  /**
   * @param {RuleOrLiteral} operators
   * @param {RuleOrLiteral} right
   */
  const rule = (operators, right) =>
    seq(field("left", left), field("operator", operators), field("right", right));
  const right = choice($._inner_named, $._constant);
  const count = choice($._named, $._constant);
  return choice(
    prec.left(PREC.SUM, rule(choice("+", "-", "|", "^"), right)),
    prec.left(PREC.PRODUCT, rule(choice("*", "/", "%", "&"), right)),
    // The last two shift registers only.
    prec.left(PREC.PRODUCT, rule(choice("<<", "->", "@>"), count)),
    // The assembler takes the whole product after `>>` for the count.
    prec.right(PREC.PRODUCT, rule(">>", count)),
  );
}

/**
 * Makes a name with arguments in parentheses: a macro call, or a register such as `R(10)`.
 *
 * @param {GrammarSymbols<string>} $
 */
function call($) {
  return seq(
    field("name", $.identifier),
    field("arguments", choice($.arguments, alias($._lone_name, $.arguments))),
  );
}

/**
 * Makes a name with suffixes.
 *
 * @param {GrammarSymbols<string>} $
 * @param {RuleOrLiteral} name
 */
function suffixed($, name) {
  return prec.right(
    PREC.SUFFIX,
    seq(field("name", name), repeat1(seq(".", field("suffix", $.identifier)))),
  );
}

/**
 * Makes an element of a vector register.
 *
 * @param {GrammarSymbols<string>} $
 * @param {RuleOrLiteral} register
 */
function element($, register) {
  return prec.right(
    PREC.SUFFIX,
    seq(field("register", register), "[", field("index", $.expression), "]"),
  );
}
