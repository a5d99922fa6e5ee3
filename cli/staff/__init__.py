"""The commands for the people who work on cases."""
