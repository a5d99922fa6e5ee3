"""What the desk shows: its pages, their words in each language, and their style sheets."""
