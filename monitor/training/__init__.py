"""Fits the linear models, keeps their versions and promotes what is no worse. Needs the extra ``train`` (scikit-learn).

``movewire train`` makes a user's own models. ``python -m monitor.training [--label LABEL] FILES…`` makes the shipped ones.
"""

from monitor.training.data import TrainingError, as_story, from_feedback, read_lines, stories, without
from monitor.training.fit import fit, write
from monitor.training.labelled import judged

__all__ = ["TrainingError", "as_story", "fit", "from_feedback", "judged", "read_lines", "stories", "without", "write"]
