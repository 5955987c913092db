"""Benchmarks: speeds as ratios within one run, never a timed test."""
