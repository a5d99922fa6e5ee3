"""Finds the contract that a form is under, answers closed forms, and has filings share commits."""
