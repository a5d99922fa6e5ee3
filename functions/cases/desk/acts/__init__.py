"""What staff record on a case: one rule for each act, what it does, and whom it tells."""
