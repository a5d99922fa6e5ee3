"""What the servers add: pages, connections with deadlines, the server for the public."""
