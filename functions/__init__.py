"""Takes filings, sends mails and keeps cases: everything that runs after the build."""
