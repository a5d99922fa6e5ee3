"""The command that says what is well, what is not and what to do: one module a family of checks."""
