"""``train``: a user's own models, from labelled stories and from what people said of alerts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monitor.model import Label
from monitor.surfaces.cli.arguments import FILE, Finite
from monitor.surfaces.cli.context import now, settings_of, store_of
from monitor.surfaces.cli.output import dump, form_of, listed, notice, show
from monitor.text import counted

if TYPE_CHECKING:
    from monitor.training.promotion import Trial


@click.command()
@click.argument("files", nargs=-1, type=FILE)
@click.option("--label", type=click.Choice([label.value for label in Label]), help="This label alone (default: both).")
@click.option("--with-feedback", is_flag=True, help="Also learn from feedback on alerts.")
@click.option("--frozen", type=FILE, help="Labelled stories to judge by, never learned from; required to promote.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="With --label: write the model to this file, and promote nothing.",
)
@click.option("--stories", multiple=True, type=FILE, help="A file with the texts of labelled lines that hold only ids.")
@click.option(
    "--strength",
    type=Finite(0, min_open=True),
    help="How strongly to trust the data (inverse regularisation; default: the label's own).",
)
@click.option("--rollback", is_flag=True, help="Return to the previous model.")
@click.option("--list", "listing", is_flag=True, help="List the models.")
@listed
@click.pass_context
def train(ctx: click.Context, /, **options: Any) -> int:
    """Fit the models on labelled stories; use them if they are no worse.

    FILES hold JSON lines of labelled stories. A new model is stored in classify.model_dir. It is promoted only if, on the
    --frozen stories, precision at its threshold does not fall; --rollback returns to the previous one. A running daemon uses
    it from its next start. Exit code 1 if a model was refused. Needs the extra train: pip install 'movewire[train]'.
    """
    label = Label(options["label"]) if options["label"] else None
    if options["listing"]:
        return _list(ctx, label, options)
    if options["rollback"]:
        return _rollback(ctx, label)
    if not options["files"] and not options["with_feedback"]:
        raise click.UsageError("name files of labelled stories, or --with-feedback, --list or --rollback")
    if options["out"] and not label:
        raise click.UsageError("--out is of one model: say which with --label")
    return _train(ctx, [label] if label else list(Label), options)


def _train(ctx: click.Context, labels: list[Label], options: dict[str, Any]) -> int:
    from monitor import evaluation as ev
    from monitor.training import fit, judged, write
    from monitor.training.promotion import trial
    from monitor.training.shelf import Shelf

    settings = settings_of(ctx)
    shelf = Shelf(Path(settings.classify.model_dir))
    frozen = ev.stories_in(options["frozen"]) if options["frozen"] else None
    rows = _rows(ctx, settings, options)
    notice(f"reading {_stories(len(rows))}")
    found = judged(rows, labels)
    told, refused = {}, False
    for label in labels:
        model = fit(label, found[label], made=now().date(), strength=options["strength"])
        said: dict[str, Any] = {"card": model.card, "threshold": model.threshold, "low": model.low, "high": model.high}
        told[label.value] = said
        notice(f"{label}: {_words(said)}")
        if options["out"]:
            write(model, options["out"])
            said["file"] = str(options["out"])
            continue
        name = said["file"] = shelf.keep(model)
        if frozen is None:
            notice(f"  kept as {name}, not in use: --frozen GOLD judges whether it may be")
            continue
        judge = trial(model, frozen, settings)
        said |= _judged(judge)
        if not judge.refusal:
            shelf.promote(label, name)
        refused = refused or bool(judge.refusal)
        notice(f"  {_judgement(name, judge)}")
    if options["form"] == "json":
        click.echo(dump(told, indent=1))
    return 1 if refused else 0


def _judged(judge: Trial) -> dict[str, Any]:
    """Precision and recall on the frozen stories with the model in use before and with the new one."""
    figures = (("before", judge.before), ("after", judge.after))
    return {"frozen": {when: dict(zip(("p", "r"), pair, strict=True)) for when, pair in figures}, "promoted": not judge.refusal}


def _judgement(name: str, judge: Trial) -> str:
    if judge.refusal:
        return f"kept as {name}, refused: {judge.refusal}"
    (precision, recall), (now_precise, now_recalled) = judge.before, judge.after
    return (
        f"{name} is in use: precision {precision:.3f} → {now_precise:.3f}, recall {recall:.3f} → {now_recalled:.3f} "
        f"on the frozen set"
    )


def _rows(ctx: click.Context, settings: Any, options: dict[str, Any]) -> list[dict[str, Any]]:
    """What is learned from: the files, then what people said of other stories, without what is judged by."""
    from monitor.training import from_feedback, read_lines, stories, without

    rows = stories(options["files"], options["stories"])
    if options["with_feedback"]:
        with store_of(ctx, settings) as store:
            said = from_feedback(_feedback(store))
        known = {row["id"] for row in rows}
        new = [row for row in said if row["id"] not in known]
        notice(f"{_stories(len(new))} from feedback")
        rows += new
    if options["frozen"]:
        kept = without(rows, list(read_lines(options["frozen"])))
        if len(kept) < len(rows):
            notice(f"not learned from, as frozen or nearly a copy of what is: {_stories(len(rows) - len(kept))}")
        rows = kept
    return rows


def _feedback(store: Any) -> Iterator[Any]:
    from monitor import query

    return query.every(partial(query.feedback, store), page=500)


def _words(said: dict[str, Any]) -> str:
    card = said["card"]
    at = card.get("cross_validated", {}).get("threshold", {})
    return (
        f"{_stories(card['stories'])}, {card['positive']} with the label, {card.get('feedback', 0)} from feedback; "
        f"cross-validated precision {at.get('precision', 0):.3f} and recall {at.get('recall', 0):.3f} at {said['threshold']:g}"
    )


def _stories(count: int) -> str:
    return counted(count, "story", "stories")


def _rollback(ctx: click.Context, label: Label | None) -> int:
    from monitor.classify.shelf import history
    from monitor.training import TrainingError
    from monitor.training.shelf import Shelf

    shelf = Shelf(Path(settings_of(ctx).classify.model_dir))
    wanted = [label] if label else [lab for lab, names in history(shelf.folder).items() if len(names) > 1]
    if not wanted:
        raise TrainingError("the shipped models are in use, there is none to go back to")
    for one in wanted:
        left, used = shelf.rollback(one)
        notice(f"{one}: {used or 'the shipped model'} is in use again, {left} is kept")
    return 0


def _list(ctx: click.Context, label: Label | None, options: dict[str, Any]) -> int:
    from monitor.training.shelf import Shelf

    shelf = Shelf(Path(settings_of(ctx).classify.model_dir))

    def rows() -> Iterator[dict[str, Any]]:
        for version in shelf.versions():
            if label in (None, version.label):
                card: dict[str, Any] = dict(version.model.card) if version.model else {}
                at = card.get("cross_validated", {}).get("threshold", {})
                yield {
                    "in_use": "in use" if version.in_use else "",
                    "label": version.label.value,
                    "name": version.name or "shipped",
                    "made": card.get("made", "") if version.model else "cannot be read",
                    "stories": card.get("stories"),
                    "precision": at.get("precision"),
                    "recall": at.get("recall"),
                    "threshold": version.model.threshold if version.model else None,
                    "data": card.get("data"),
                    "card": card,
                }

    columns = ("label", "in_use", "name", "made", "stories", "precision", "recall", "threshold", "data")
    show(rows(), columns=columns, of=(*columns, "card"), **form_of(options))
    return 0
