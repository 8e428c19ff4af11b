"""The assembler's preprocessor, with a way back from expanded text to the source."""
