"""What holds for every request: its log line, its origin, its headers."""
