"""What is counted of each case, the figures of a month, and which numbers are hidden."""
