"""The server behind `earmark serve`: files of one folder, read only, as a web host would give them."""
