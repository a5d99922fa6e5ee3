"""Renders policies into the files of the site, in memory."""
