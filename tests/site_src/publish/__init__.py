"""Tests of building and publishing."""
