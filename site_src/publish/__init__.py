"""Builds a site into a folder and publishes it to a target."""
