"""The colours of the pages, and an organisation's own logo and colour."""
