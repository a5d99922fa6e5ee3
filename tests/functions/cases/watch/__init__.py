"""Tests of the sweep that watches the dates of cases."""
