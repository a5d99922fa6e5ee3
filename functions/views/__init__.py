"""Renders a case: pages, mails, receipts, calendar files and JSON."""
