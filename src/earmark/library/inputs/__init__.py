"""What an edition is made from: articles, and what lies beside them."""
