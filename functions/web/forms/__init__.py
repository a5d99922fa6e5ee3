"""Finds the contract that a form is under, and answers where its organisation takes no filings."""
