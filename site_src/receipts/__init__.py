"""The keys that receipts are checked with, and the check."""
