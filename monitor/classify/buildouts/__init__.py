"""Infrastructure: the features of the label, then who builds, which action, how much, how large and where."""
