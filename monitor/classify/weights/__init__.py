"""How learned weights are kept and applied: plain numbers in JSON, no machine-learning library at run time."""
