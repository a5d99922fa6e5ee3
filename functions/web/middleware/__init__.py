"""Middleware: each request's log line, the check of its origin, and the host of redirects."""
