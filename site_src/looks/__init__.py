"""Colours, and what an organisation may set of its looks."""
