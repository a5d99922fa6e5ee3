"""The command line: the only package that imports both the build and the functions."""
