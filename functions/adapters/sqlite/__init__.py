"""Stores cases, mails and counters on one machine, in SQLite; makes and restores backups."""
