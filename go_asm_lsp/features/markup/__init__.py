"""How answers for people look: one document model, rendered as Markdown or as plain text."""
