"""The piper engine."""
