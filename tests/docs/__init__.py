"""Tests of the docs and of the benchmarks' figures."""
