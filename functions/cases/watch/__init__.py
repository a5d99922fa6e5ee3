"""Watches the dates of open cases: reminds staff, asks filers, keeps the lists of the desk true."""
