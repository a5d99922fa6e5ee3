"""Staff and their desk: who they are, who has a case, and what the desk finds cases by."""
