"""Measures the functions: cold start, filings, look-ups, requests and memory."""
