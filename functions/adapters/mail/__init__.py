"""Sends mail by SMTP or SES, or writes it into a maildir."""
