// Line ends.
//
// A newline ends a statement wherever one is under way, even inside an unfinished operand, so
// that a half-typed line never swallows the next one. While tree-sitter recovers from an
// error it is a line end, too: the grammar takes one at the start of a line, and whatever was
// on the line before is left behind there.
//
// Between statements a newline means nothing. Before a comment or a TEXT line it is an extra,
// as comments are, so that the comments above a function stay outside the function before it.
// Elsewhere it is an empty line: extras without end would make recovery slow.

#include "tree_sitter/parser.h"

// LINE_START and RECOVERY are never made: the one is valid between statements, the other only
// during error recovery, when everything is.
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

static bool is_blank(int32_t character) {
  return character == ' ' || character == '\t' || character == '\r';
}

static bool is_in_word(int32_t character) {
  return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z') ||
         (character >= 'a' && character <= 'z') || character == '_' || character > 0x7f;
}

static bool is_before_header(TSLexer *lexer) {
  if (lexer->eof(lexer)) {
    return true;
  }
  if (lexer->lookahead == '/') {
    lexer->advance(lexer, false);
    return lexer->lookahead == '/' || lexer->lookahead == '*';
  }
  for (const char *letter = "TEXT"; *letter; letter++) {
    if (lexer->lookahead != *letter) {
      return false;
    }
    lexer->advance(lexer, false);
  }
  return !is_in_word(lexer->lookahead);
}

bool tree_sitter_goasm_external_scanner_scan(void *payload, TSLexer *lexer,
                                             const bool *valid_symbols) {
  (void)payload;
  const bool is_between = valid_symbols[LINE_START] && !valid_symbols[RECOVERY];
  while (is_blank(lexer->lookahead)) {
    lexer->advance(lexer, true);
  }
  if (lexer->lookahead == '\n') {
    lexer->advance(lexer, false);
    lexer->mark_end(lexer);
    lexer->result_symbol = LINE_END;
    if (!is_between) {
      return true;
    }
    while (lexer->lookahead == '\n' || is_blank(lexer->lookahead)) {
      const bool is_line_end = lexer->lookahead == '\n';
      lexer->advance(lexer, false);
      if (is_line_end) {
        lexer->mark_end(lexer);
      }
    }
    if (is_before_header(lexer)) {
      lexer->result_symbol = BLANK;
    }
    return true;
  }
  if (lexer->eof(lexer) && valid_symbols[LINE_END] && !is_between) {
    lexer->result_symbol = LINE_END;
    return true;
  }
  return false;
}
