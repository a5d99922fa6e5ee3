"""Adapters: one folder or module for each thing outside the process."""
