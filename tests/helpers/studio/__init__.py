"""Works in the studio as a clerk does: decides proposals, adds facts, publishes, and counts it."""
