"""What the servers add: pages, connections with deadlines, processes, take-overs, figures."""
