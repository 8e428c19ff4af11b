// Line ends. A newline ends a statement wherever one is under way, even inside an
// unfinished operand, so that a half-typed line never swallows the next one. Between
// statements a newline is as meaningless as a blank; being an extra there, blank lines and
// comments before a TEXT line stay outside the function above it.

#include "tree_sitter/parser.h"

enum TokenType { LINE_END, BLANK, LINE_START };

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
  // LINE_START is never made. It is valid exactly between statements (and during error
  // recovery, where everything is).
  const bool between = valid_symbols[LINE_START] && !valid_symbols[LINE_END];
  if (lexer->lookahead == '\n') {
    lexer->advance(lexer, false);
    lexer->result_symbol = between ? BLANK : LINE_END;
    return true;
  }
  if (lexer->eof(lexer) && valid_symbols[LINE_END]) {
    lexer->result_symbol = LINE_END;
    return true;
  }
  return false;
}
