"""Days that are worked, how time is counted, and the dates of a case."""
