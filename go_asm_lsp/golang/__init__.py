"""The Go side: packages, constants, types, layouts. No assembly here."""
