"""One diagnostic code per file."""
