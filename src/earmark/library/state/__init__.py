"""What is known of a folder from before: what was made of what, and whether that still holds."""
