"""Servers and emulators that tests talk to."""
