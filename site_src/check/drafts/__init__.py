"""The rules on drafts: what is left to do before one is published."""
