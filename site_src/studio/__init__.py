"""Pages on this machine that turn an imported draft into a policy, decision by decision."""
