"""Checks staff.yaml against the policy: who is entered, and which roles nobody has."""
