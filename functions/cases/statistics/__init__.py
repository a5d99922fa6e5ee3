"""Statistics: counts the cases of each organisation at night, and reads what was counted."""
