"""Tests of the studio over its application."""
