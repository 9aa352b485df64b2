"""The registry of classifiers. A new one is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from monitor.classify.cascade import Cascade
from monitor.errors import SettingsError
from monitor.interfaces import Classifier

CLASSIFIERS: dict[str, Callable[..., Classifier]] = {
    "cascade": Cascade,
}


def load_classifier(
    name: str = "cascade",
    *,
    threshold_move: float = 0.42,
    threshold_infrastructure: float = 0.45,
    extra_orgs: Iterable[str] = (),
    extra_people: Iterable[str] = (),
) -> Classifier:
    """The classifier registered as ``name``, with its lexicons read. Raises SettingsError naming those there are."""
    factory = CLASSIFIERS.get(name)
    if factory is None:
        raise SettingsError([f"classify.classifier: found {name!r}; expected one of {', '.join(sorted(CLASSIFIERS))}"])
    return factory(
        threshold_move=threshold_move,
        threshold_infrastructure=threshold_infrastructure,
        extra_orgs=extra_orgs,
        extra_people=extra_people,
    )
