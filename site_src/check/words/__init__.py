"""The words that the rules look for in a procedure, for each language that can decide."""
