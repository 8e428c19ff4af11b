/**
 * @file Go assembly: the Plan 9 dialect of the Go toolchain, all architectures.
 * @license BSD-3-Clause
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

// Go's precedence of binary operators, not C's: shifts and `&` bind like `*`.
const PREC = {
  ARGUMENT: 1, // `(x)` behind a name is the whole list of a macro call's arguments
  BASE: 2, // `(R1)` is an address rather than a constant in parentheses
  SUM: 3,
  PRODUCT: 4,
  UNARY: 5,
  POSTFIX: 6,
};

module.exports = grammar({
  name: "goasm",

  externals: ($) => [$._line_end, $._blank, $._line_start],

  extras: ($) => [/[ \t\r]/, $.comment, $._blank],

  word: ($) => $.identifier,

  supertypes: ($) => [$.expression],

  inline: ($) => [$._open],

  conflicts: ($) => [[$._named, $.instruction]],

  rules: {
    source_file: ($) => seq(repeat($._item), repeat($.function)),

    function: ($) =>
      prec.right(seq($.text, $._end, repeat($._item))),

    _item: ($) =>
      choice($._directive, $.label, seq($._statement, $._end), ";", $._line_start),

    _end: ($) => choice(";", $._line_end),

    // Preprocessor lines

    _directive: ($) =>
      choice($.define, $.undef, $.include, $.ifdef, $.ifndef, $.else, $.endif, $.line),

    define: ($) =>
      seq(
        "#",
        "define",
        field("name", $.identifier),
        optional(field("parameters", $.parameters)),
        optional(field("body", $.macro_body)),
        $._line_end,
      ),

    parameters: ($) =>
      seq(token.immediate("("), optional(seq($._parameter, repeat(seq(",", $._parameter)))), ")"),

    _parameter: ($) => $.identifier,

    macro_body: ($) =>
      choice(
        repeat1($._separator),
        seq(
          repeat($._separator),
          choice(prec.dynamic(1, $._operand_list), $._body_statement),
        ),
      ),

    _body_statement: ($) =>
      prec.right(
        seq(
          choice(
            seq($.label, repeat($._separator), optional($._body_statement)),
            seq(
              choice($._statement, $.text),
              optional(seq(repeat1($._separator), optional($._body_statement))),
            ),
          ),
        ),
      ),

    _separator: ($) => choice(";", $._continuation),

    _continuation: ($) => seq("\\", $._line_end),

    undef: ($) => seq("#", "undef", field("name", $.identifier), $._line_end),

    include: ($) => seq("#", "include", field("path", $.string), $._line_end),

    ifdef: ($) => seq("#", "ifdef", field("name", $.identifier), $._line_end),

    ifndef: ($) => seq("#", "ifndef", field("name", $.identifier), $._line_end),

    else: ($) => seq("#", "else", $._line_end),

    endif: ($) => seq("#", "endif", $._line_end),

    line: ($) =>
      seq("#", "line", field("number", $.integer), field("file", $.string), $._line_end),

    // Statements

    _statement: ($) =>
      choice($.globl, $.data, $.instruction, prec(1, $.macro_call)),

    label: ($) => seq(field("name", $.identifier), ":"),

    text: ($) =>
      seq(
        "TEXT",
        field("symbol", $._operand),
        optional(
          seq(
            ",",
            choice(
              field("frame", $.frame_size),
              seq(
                field("flags", $.expression),
                optional(seq(",", field("frame", choice($.frame_size, $.expression)))),
              ),
            ),
          ),
        ),
      ),

    frame_size: ($) =>
      seq(
        "$",
        field("frame", choice($._frame_part, alias($._negative_frame, $.unary_expression))),
        optional(seq("-", field("arguments", $._frame_part))),
      ),

    _negative_frame: ($) => seq(field("operator", "-"), field("operand", $._frame_part)),

    _frame_part: ($) =>
      choice($.integer, $.identifier, $.macro_call, $.parenthesized_expression),

    globl: ($) =>
      seq(
        "GLOBL",
        field("symbol", $._operand),
        optional(
          seq(
            ",",
            choice(
              field("size", $.immediate),
              seq(
                field("flags", $.expression),
                optional(seq(",", field("size", choice($.immediate, $.expression)))),
              ),
            ),
          ),
        ),
      ),

    data: ($) =>
      seq(
        "DATA",
        field("symbol", $._operand),
        "/",
        field("width", $.expression),
        ",",
        field("value", $._operand),
      ),

    instruction: ($) =>
      seq(
        field("mnemonic", choice($.identifier, $.suffixed)),
        optional($._operands),
      ),

    macro_call: ($) =>
      seq(
        field("name", $.identifier),
        field("arguments", choice($.arguments, alias($._lone_name, $.arguments))),
      ),

    // The same tokens as the address `f(SB)`: what follows decides.
    _lone_name: ($) => prec(PREC.ARGUMENT, seq(token.immediate("("), $._named, ")")),

    arguments: ($) =>
      seq(
        token.immediate("("),
        optional($._argument),
        repeat(seq(",", optional($._argument))),
        ")",
      ),

    _argument: ($) => choice($._operand, alias($._argument_tokens, $.fragment)),

    _argument_tokens: ($) =>
      choice(
        seq(choice($._operand, ":", ";"), repeat1(choice($._operand, ":", ";"))),
        ":",
        ";",
      ),

    _open: () => choice("(", token.immediate("(")),

    // Operands

    _operands: ($) =>
      seq(
        field("operand", $._operand),
        repeat(seq(choice(",", ":"), field("operand", $._operand))),
      ),

    _operand_list: ($) =>
      seq(field("operand", $._operand), repeat(seq(",", field("operand", $._operand)))),

    _operand: ($) =>
      choice($.immediate, $.indirect, $.expression, $.memory, $.register_list, $.register_pair),

    immediate: ($) => seq("$", field("value", choice($.expression, $.memory))),

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
          optional(seq($._open, field("index", $._named), ")")),
        ),
      ),

    register_pair: ($) => seq("(", field("first", $._named), ",", field("second", $._named), ")"),

    register_list: ($) =>
      seq("[", field("item", $._operand), repeat(seq(",", field("item", $._operand))), "]"),

    // Expressions

    expression: ($) => choice($._named, $._constant),

    // Expressions whose leftmost word is a name: a register, a symbol or a macro.
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

    static_symbol: ($) =>
      seq(field("name", $.identifier), "<", optional(field("abi", $.identifier)), ">"),

    quoted_symbol: ($) => seq(field("package", $.string), ".", field("name", $.identifier)),

    suffixed: ($) =>
      prec.right(
        PREC.POSTFIX,
        seq(
          field("name", choice($.identifier, $.macro_call)),
          repeat1(seq(".", field("suffix", $.identifier))),
        ),
      ),

    element: ($) =>
      prec.right(
        PREC.POSTFIX,
        seq(
          field("register", choice($.identifier, $.macro_call, $.suffixed)),
          "[",
          field("index", $.expression),
          "]",
        ),
      ),

    _named_binary: ($) => binary($, $._named),

    _constant_binary: ($) => binary($, $._constant),

    unary_expression: ($) =>
      prec(
        PREC.UNARY,
        seq(field("operator", choice("+", "-", "~")), field("operand", choice($.expression, $._last_name))),
      ),

    // In `x+off(SP)` the parenthesis belongs to the whole sum, not to a macro `off`.
    _last_name: ($) => prec(PREC.BASE, $.identifier),

    parenthesized_expression: ($) =>
      choice(seq("(", $._named, ")"), seq("(", $._constant, ")")),

    identifier: () => /[\p{L}_·∕][\p{L}\p{Nd}_·∕]*/,

    integer: () =>
      token(choice(/0[xX][0-9a-fA-F_]+/, /0[bB][01_]+/, /0[oO][0-7_]+/, /[0-9][0-9_]*/)),

    float: () =>
      token(
        choice(
          /[0-9][0-9_]*\.[0-9_]*([eE][+-]?[0-9_]+)?/,
          /\.[0-9][0-9_]*([eE][+-]?[0-9_]+)?/,
          /[0-9][0-9_]*[eE][+-]?[0-9_]+/,
          /0[xX][0-9a-fA-F_]*\.?[0-9a-fA-F_]*[pP][+-]?[0-9_]+/,
        ),
      ),

    character: () => /'([^'\\\n]|\\[^\n][^'\n]*)'/,

    string: () => /"([^"\\\n]|\\[^\n])*"/,

    comment: () =>
      token(choice(/\/\/([^\r\n]|\r+[^\r\n])*/, /\/\*[^*]*\*+([^/*][^*]*\*+)*\//)),
  },
});

/**
 * All binary operators with `left` as their left side.
 *
 * @param {GrammarSymbols<string>} $
 * @param {RuleOrLiteral} left
 */
function binary($, left) {
  const sum = ["+", "-", "|", "^"];
  const product = ["*", "/", "%", "&", "<<", ">>", "->", "@>"];
  /** @param {string[]} operators */
  const rule = (operators) =>
    seq(field("left", left), field("operator", choice(...operators)), field("right", choice($.expression, $._last_name)));
  return choice(prec.left(PREC.SUM, rule(sum)), prec.left(PREC.PRODUCT, rule(product)));
}
