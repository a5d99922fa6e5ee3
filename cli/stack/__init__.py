"""The commands about a stack on AWS."""
