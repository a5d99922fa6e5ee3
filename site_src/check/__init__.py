"""The checker: compares facts with text, measures policies against standards, reports findings."""
