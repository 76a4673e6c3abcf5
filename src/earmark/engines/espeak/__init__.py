"""The espeak engine."""
