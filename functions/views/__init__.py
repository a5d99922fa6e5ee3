"""What is shown of a case: pages, mails, receipts and JSON."""
