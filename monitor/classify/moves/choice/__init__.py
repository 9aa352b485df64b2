"""Who moves, which kind of move it is and what fills each slot: learned weights, then the rules that overrule them."""
