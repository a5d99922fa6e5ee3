"""The public keys that verify receipts, and the verification."""
