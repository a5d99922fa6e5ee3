"""The desk: who may open a case, who has it, and what is recorded and listed of it."""
