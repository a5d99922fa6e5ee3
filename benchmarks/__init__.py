"""Benchmarks: measure Ombud against peers, side by side in one run."""
