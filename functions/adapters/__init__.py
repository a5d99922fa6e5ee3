"""Adapters implement the ports: one folder or module for each external system."""
