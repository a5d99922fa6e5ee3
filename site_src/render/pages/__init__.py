"""The parts of single pages, on screen and on paper."""
