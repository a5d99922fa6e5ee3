"""The model of a policy: every fact of a procedure, each with its clause."""
