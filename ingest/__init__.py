"""Loading: one module a source, each with the same steps; `ingest/data/` holds the facts that ship."""
