"""The mails that tests read, and a sample of each."""
