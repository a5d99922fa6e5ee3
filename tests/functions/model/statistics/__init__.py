"""What is counted of cases, and what of it is hidden."""
