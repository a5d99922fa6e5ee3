"""What the local server adds: static pages, and connections with deadlines."""
