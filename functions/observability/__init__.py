"""Log lines, metrics, and what request or event they are about."""
