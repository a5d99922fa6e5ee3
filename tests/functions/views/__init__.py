"""What is shown of a case."""
