"""Wrong facts of policies, and what the checker finds of them."""
