"""Helps policy authors: writes a first policy, starts the next version, compares versions."""
