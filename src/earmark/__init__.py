"""earmark gives every article an audio edition that a blind reader can trust."""

__version__ = "0.1.0"
