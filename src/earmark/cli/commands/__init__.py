"""One file for each command: its arguments and its help, and nothing that is slow to load."""
