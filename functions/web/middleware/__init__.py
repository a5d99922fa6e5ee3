"""Middleware: the log line of each request, and the check of its origin."""
