"""The registry of classifiers. A new one is one module and one line here.

They are imported when one is made: whoever only asks for another name of an organisation (``names``) spares 0.1 s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor.errors import SettingsError
from monitor.settings.named import Named, classifiers

if TYPE_CHECKING:
    from monitor.interfaces import Classifier
    from monitor.settings.schema import Settings


def _cascade(**options: Any) -> Classifier:
    from monitor.classify.cascade import Cascade  # noqa: PLC0415 - start-up

    return Cascade(**options)


CLASSIFIERS: dict[str, Callable[..., Classifier]] = {
    "cascade": _cascade,
}


def load_classifier(name: str = "cascade", **options: Any) -> Classifier:
    """The classifier registered as ``name``, with its lexicons read. Raises SettingsError naming those there are."""
    factory = CLASSIFIERS.get(name)
    if factory is None:
        raise SettingsError([f"classify.classifier: found {name!r}; expected one of {', '.join(sorted(CLASSIFIERS))}"])
    from monitor.classify.filings import WithFilings  # noqa: PLC0415 - start-up

    return WithFilings(factory(**options))


def unusable(named: Named) -> Iterator[str]:
    """What is wrong of what a configuration says of the classifier: it is none, or an encoder that is on cannot be."""
    from monitor.classify.encoder.use import lacks  # noqa: PLC0415 - start-up

    yield from classifiers(named, tuple(CLASSIFIERS))
    if named.encoder == "on" and (missing := lacks()):
        yield named.origin.problem(("classify", "encoder"), f'"on" needs {missing}')


def encoder_told(settings: Settings) -> str:
    """For people: whether the encoder is used, and why not."""
    from monitor.classify.encoder.use import told  # noqa: PLC0415 - start-up

    return told(settings.classify.encoder)


def rest() -> None:
    """Lets the encoder's weights go where it was not asked since this was called last; the next question reads them again."""
    from monitor.classify.encoder.network import rest as encoder_rest  # noqa: PLC0415 - start-up

    encoder_rest()


def classifier_for(settings: Settings, **options: Any) -> Classifier:
    """The classifier the settings ask for, with the user's own models and the names of the watchlists.

    ``options`` are the classifier's own; ``models`` and ``encoder`` among them go before the user's. Raises SettingsError
    (``unusable``).
    """
    from monitor.classify.shelf import models_in  # noqa: PLC0415 - start-up

    if problems := list(unusable(Named.of(settings))):
        raise SettingsError(problems)
    classify, lists = settings.classify, settings.watchlists.values()
    models = models_in(Path(classify.model_dir)) | options.pop("models", {})
    return load_classifier(
        classify.classifier,
        threshold_move=classify.threshold_move,
        threshold_infrastructure=classify.threshold_infrastructure,
        extra_orgs=[org for watchlist in lists for org in watchlist.orgs],
        extra_people=[person for watchlist in lists for person in watchlist.people],
        extra_projects=[project for watchlist in lists for project in watchlist.projects],
        models=models,
        encoder=options.pop("encoder", classify.encoder),
        **options,
    )
