"""What staff do on a case, by which links they open it, and who has it."""
