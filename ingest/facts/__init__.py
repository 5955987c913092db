"""Programs that make fact files in `ingest/data/` from `../shared/data`, so that they can be made again."""
