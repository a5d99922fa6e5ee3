"""The package and the stack on AWS."""
