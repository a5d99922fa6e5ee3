"""Checks staff.yaml and replies against the policy: who is entered, what is promised."""
