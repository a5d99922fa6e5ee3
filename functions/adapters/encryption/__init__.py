"""How personal data lies in every store."""
