"""What only drafts have: proposed facts, and values that are still to be filled in."""
