"""The models both sides know."""
