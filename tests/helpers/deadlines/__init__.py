"""Periods to count, by hand and at random, and an oracle that counts them another way."""
