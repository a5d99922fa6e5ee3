"""Tests of the commands for policy authors."""
