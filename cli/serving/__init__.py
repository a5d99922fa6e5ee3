"""What the servers add: pages, and connections with deadlines."""
