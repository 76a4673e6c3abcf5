"""What lists all editions: feeds and the front page, written when what they list has changed."""
