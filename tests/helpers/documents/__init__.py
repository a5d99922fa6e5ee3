"""Writes procedures as the documents that offices keep them in: Word, ODF, PDF, text."""
