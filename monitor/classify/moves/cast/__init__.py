"""Who and what a move can be told of: the people, groups, organisations and posts of a story, from its rows."""
