"""The tests: every question and every load on both engines, on real parts."""
