"""What the page of one case at the desk shows: whose turn it is, the thread, limits, people."""
