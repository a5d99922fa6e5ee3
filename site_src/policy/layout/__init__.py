"""How procedure texts are laid out: encodings, page numbers, tables of contents, clause numbers."""
