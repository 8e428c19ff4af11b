"""A language server for Go assembly, and the analysis behind it."""

__version__ = "0.1.0"
