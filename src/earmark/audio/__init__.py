"""Knows samples and nothing else: trims, measures, renders and encodes."""
