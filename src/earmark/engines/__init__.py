"""Engines turn one utterance's words into samples; each adapter knows one vendor."""
