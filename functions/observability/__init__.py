"""Log lines, metrics, and the context of the current request or event."""
