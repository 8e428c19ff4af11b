"""One editor question per file."""
