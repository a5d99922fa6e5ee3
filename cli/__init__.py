"""The command line, and the one place that joins build and functions."""
