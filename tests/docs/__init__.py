"""The docs and the benchmarks' figures."""
