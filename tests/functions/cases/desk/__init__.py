"""Tests of `functions/cases/desk`."""
