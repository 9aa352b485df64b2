"""The optional neural encoder: its network, its pieces of words, and how its word is weighed beside the linear models."""
