"""The commands that publish a site, and what is published beside it."""
