"""Word lists and the small helpers that every stage asks: the lexicons, the text of a story, caches."""
