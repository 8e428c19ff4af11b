// Line ends. A newline ends a statement wherever one is under way, even inside an
// unfinished operand, so that a half-typed line never swallows the next one. Between
// statements a newline is as meaningless as a blank; being an extra there, blank lines and
// comments before a TEXT line stay outside the function above it.
//
// While tree-sitter recovers from an error, a newline is a line end: the grammar takes one
// at the start of a line, so that whatever was on the line before is left behind there.

#include "tree_sitter/parser.h"

enum TokenType { LINE_END, BLANK, LINE_START, RECOVERY };

void *tree_sitter_goasm_external_scanner_create(void) { return NULL; }

void tree_sitter_goasm_external_scanner_destroy(void *payload) { (void)payload; }

unsigned tree_sitter_goasm_external_scanner_serialize(void *payload, char *buffer) {
  (void)payload;
  (void)buffer;
  return 0;
}

void tree_sitter_goasm_external_scanner_deserialize(void *payload, const char *buffer,
                                                    unsigned length) {
  (void)payload;
  (void)buffer;
  (void)length;
}

bool tree_sitter_goasm_external_scanner_scan(void *payload, TSLexer *lexer,
                                             const bool *valid_symbols) {
  (void)payload;
  while (lexer->lookahead == ' ' || lexer->lookahead == '\t' || lexer->lookahead == '\r') {
    lexer->advance(lexer, true);
  }
  // LINE_START and RECOVERY are never made: the one is valid between statements, the other
  // only during error recovery, when everything is.
  const bool is_between = valid_symbols[LINE_START] && !valid_symbols[RECOVERY];
  if (lexer->lookahead == '\n') {
    lexer->advance(lexer, false);
    lexer->result_symbol = is_between ? BLANK : LINE_END;
    return true;
  }
  if (lexer->eof(lexer) && valid_symbols[LINE_END] && !is_between) {
    lexer->result_symbol = LINE_END;
    return true;
  }
  return false;
}
