"""The proposals of a text: facts, words, YAML."""
