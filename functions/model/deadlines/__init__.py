"""Working days, how periods are counted, and the due dates of a case."""
