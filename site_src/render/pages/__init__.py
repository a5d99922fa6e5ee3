"""What single pages are made of, on screen and on paper."""
