"""The words by which proposals are recognised, beside those of the checker."""
