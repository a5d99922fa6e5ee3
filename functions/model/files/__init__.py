"""How attached files are recognised by their content."""
