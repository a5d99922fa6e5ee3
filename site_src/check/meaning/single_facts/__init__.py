"""Rules on what a single fact says: its negations, what is refused, representatives, details."""
