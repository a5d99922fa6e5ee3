"""Splits the functions' pages into what all organisations share and what each says itself."""
