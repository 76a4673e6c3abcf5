"""Whether editions are fit to publish, and what may go."""
