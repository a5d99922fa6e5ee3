"""Mail by SMTP or SES, or into a maildir."""
