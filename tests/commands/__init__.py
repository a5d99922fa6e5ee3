"""Commands of the Makefile that share code with the tests."""
