"""The dictionary: printed words to said words, token by token, so that every change can be shown."""
