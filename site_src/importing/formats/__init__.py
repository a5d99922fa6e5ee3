"""Readers of one format each: Word, ODF, PDF, HTML, Markdown and plain text."""
