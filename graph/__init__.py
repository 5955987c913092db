"""The graph: its model, the store that reads and writes it, the embedded engine, settings."""
