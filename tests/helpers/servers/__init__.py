"""Servers and emulators that tests connect to."""
