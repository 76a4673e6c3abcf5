"""Knows a whole folder: which articles it holds, which editions are fresh, stale, new or orphaned."""
