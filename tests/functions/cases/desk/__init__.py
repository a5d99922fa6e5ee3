"""Tests of what staff do on cases: offers, acts, links, and filings that they enter."""
