"""Reads a document (Word, PDF, ODF, HTML, plain text) into the text of a procedure."""
