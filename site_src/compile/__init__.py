"""From a policy to the contract that intake works by."""
