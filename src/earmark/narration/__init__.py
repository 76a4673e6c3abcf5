"""Decides what is said: which blocks, in which words, with which pauses, and what is left out and why."""
