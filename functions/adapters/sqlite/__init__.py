"""The store of one machine, with its backup."""
