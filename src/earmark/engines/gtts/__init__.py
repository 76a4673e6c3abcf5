"""The gtts engine."""
