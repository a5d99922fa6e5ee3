"""Proposes what can be filed, by whom, about what and how."""
