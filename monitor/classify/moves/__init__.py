"""Executive moves: the features of the label, then who or what a move can be told of (``cast``), what is said of them
(``evidence``), which of it is chosen (``choice``), and the frozen ``Move``s with their status."""
