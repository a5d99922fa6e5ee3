"""The commands on what cases add up to, on real stores."""
