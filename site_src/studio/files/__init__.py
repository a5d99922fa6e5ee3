"""Reads and saves the two files of a draft, and keeps what they said before."""
