"""Tests of the numbers in Chinese and English text."""
