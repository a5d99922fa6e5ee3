"""Commands of the Makefile that tests share code with."""
