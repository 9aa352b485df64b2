"""How good the classifier is, measured against stories that a person labelled: ``movewire evaluate GOLD``.

``gold`` reads the labelled stories and asks the classifier; ``compare`` says when two names or sums agree; ``counting``
turns one story into counts and counts into figures; ``mistakes`` names what went wrong; ``intervals`` says how much of a
figure is chance. A figure of several stories is always made from the sum of their counts, so that resampling is adding.
"""

from monitor.evaluation.counting import Counts, counts_of, figures, total
from monitor.evaluation.gold import Gold, GoldError, Said, said_by, said_in, stories_in
from monitor.evaluation.intervals import intervals
from monitor.evaluation.mistakes import Mistake, mistakes

__all__ = [
    "Counts",
    "Gold",
    "GoldError",
    "Mistake",
    "Said",
    "counts_of",
    "figures",
    "intervals",
    "mistakes",
    "said_by",
    "said_in",
    "stories_in",
    "total",
]
