"""Writing policies: a first one, the next version, what differs."""
