"""Attached files: what they are, where they wait, and who scans them."""
