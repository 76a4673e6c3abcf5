"""The openai engine."""
