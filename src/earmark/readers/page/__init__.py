"""A whole web page: where the article is in it, what in that is furniture, and what the page says of itself."""
