"""From text to rows: names, posts and verbs are found with their offsets, and each sentence becomes a row of chunks."""
