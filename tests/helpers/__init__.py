"""Data, servers and browsers that tests share."""
