"""Readers turn a syntax into an `Article`; each module knows one syntax."""
