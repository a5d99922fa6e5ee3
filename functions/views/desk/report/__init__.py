"""The report of a month: its words, its plots, and its table of cases."""
