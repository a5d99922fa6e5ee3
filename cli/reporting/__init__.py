"""The commands on what cases add up to: report, statistics, archive."""
