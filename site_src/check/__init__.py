"""The checker: facts against text, standards, and the report."""
