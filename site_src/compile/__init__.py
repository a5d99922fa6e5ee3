"""Compiles a policy into the contract, form fields and messages that the functions use."""
