"""A folder built in parts, on machines that know nothing of each other."""
