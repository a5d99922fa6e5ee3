"""Proposes who handles filings, what they do, and where a filer can go next."""
