"""``evaluate``: the classifier's figures on stories that a person labelled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from monitor.model import Label
from monitor.surfaces.cli.arguments import FILE
from monitor.surfaces.cli.context import classifier_of, settings_of
from monitor.surfaces.cli.output import cell, clean, dump, heading, notice, text_or_json
from monitor.text import counted

_EXAMPLES = 5  # mistakes shown of each kind


@click.command()
@click.argument("gold", type=FILE)
@click.option("--pred", type=FILE, help="Evaluate this output of `backtest` instead.")
@click.option("--errors", is_flag=False, flag_value=_EXAMPLES, default=0, type=click.IntRange(0), metavar="[N]",
              help=f"List mistakes by kind, N of each (default {_EXAMPLES}).")  # fmt: skip
@click.option("--kind", default="", help="With --errors: only kinds that contain this, e.g. 'false yes' or 'to_org'.")
@click.option("--ablation", is_flag=True, help="Also measure the rules alone, the model alone, and both without the encoder.")
@click.option("--rounds", type=click.IntRange(0, 10000), default=500, help="Resamplings for the intervals; 0: no intervals.")
@text_or_json
@click.pass_context
def evaluate(
    ctx: click.Context, gold: Path, pred: Path | None, errors: int, kind: str, ablation: bool, rounds: int, form: str
) -> None:
    """Measure the classifier on GOLD, JSON lines of labelled stories.

    Prints, with 95 % intervals, precision, recall and F1 of each slot, and precision and recall of each label: on the file as it
    is (sample), without stories marked unsure (clear), and weighted like the natural stream (natural).
    """
    from monitor import evaluation as ev

    if pred and ablation:
        raise click.UsageError("--ablation runs the classifier; it has no use for --pred")
    golds = ev.stories_in(gold)
    classifier = None if pred else classifier_of(settings_of(ctx))
    said = ev.said_in(pred, golds) if pred else ev.said_by(classifier, golds)  # type: ignore[arg-type]
    counts = [ev.counts_of(g, s) for g, s in zip(golds, said, strict=True)]
    told = ev.figures(ev.total(counts))
    result: dict[str, Any] = {
        "stories": len(golds),
        "classifier": f"{classifier.name} {classifier.version}" if classifier else f"{pred}",
        "figures": told,
        "intervals": ev.intervals(counts, rounds=rounds) if rounds else {},
    }
    if ablation:
        result["ablation"] = _ablation(ctx, golds) | {"both": {label: told[label]["sample"] for label in _LABELS}}
    if errors:
        made = [m for g, s in zip(golds, said, strict=True) for m in ev.mistakes(g, s) if kind in m.kind]
        result |= {"mistakes": dict(Counter(m.kind for m in made).most_common()), "examples": _first(made, errors)}
    if form == "json":
        click.echo(dump(_rounded(result), indent=1))
        return
    _print(result)


_LABELS = tuple(label.value for label in Label)


def _ablation(ctx: click.Context, golds: Any) -> dict[str, dict[str, Any]]:
    """The labels' figures with a part of the decision taken away."""
    from monitor import evaluation as ev
    from monitor.classify.encoder.use import used

    settings = settings_of(ctx, logs=False)
    parts = {"rules only": {"part": "rules"}, "model only": {"part": "model"}}
    if used(settings.classify.encoder):
        parts["without encoder"] = {"encoder": "off"}
    found = {}
    for name, options in parts.items():
        said = ev.said_by(classifier_of(settings, **options), golds)
        told = ev.figures(ev.total(ev.counts_of(g, s) for g, s in zip(golds, said, strict=True)))
        found[name] = {label: told[label]["sample"] for label in _LABELS}
    return found


def _first(made: Any, count: int) -> list[dict[str, Any]]:
    taken: dict[str, list[Any]] = defaultdict(list)
    for mistake in made:
        if len(taken[mistake.kind]) < count:
            taken[mistake.kind].append(mistake)
    return [
        {"kind": m.kind, "id": m.story_id, "title": m.title, "gold": m.gold, "said": m.said, "unsure": m.unsure,
         "trace": list(m.trace)}
        for kind in sorted(taken) for m in taken[kind]
    ]  # fmt: skip


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, Mapping):
        return {k: _rounded(v) for k, v in value.items()}
    return [_rounded(v) for v in value] if isinstance(value, (list, tuple)) else value


def _print(result: dict[str, Any]) -> None:
    told, spread = result["figures"], result["intervals"]

    def of_gold(label: str, view: str, figure: str) -> float | None:
        return told[label][view][figure] if told[label]["n"] else None  # of none nothing can be said

    click.echo(f"{counted(result['stories'], 'story', 'stories')}, {result['classifier']}")
    for label in _LABELS:
        heading(f"{label} ({told[label]['n']} in gold)")
        for view in ("sample", "clear", "natural"):
            _line(view, ((k, of_gold(label, view, k), spread.get(f"{label}.{view}.{k}")) for k in ("p", "r", "f1")))
    for part, name in (("moves", "moves"), ("infra", "buildouts")):
        if part in told:
            heading(f"{name} ({told[part]['n']} in gold)")
            _print_slots(part, told[part], spread)
    if "ablation" in result:
        heading("What each half does (sample)")
        for name, labels in result["ablation"].items():
            known = [(label, figure if told[label]["n"] else {}) for label, figure in labels.items()]
            _line(name, ((f"{label} p/r", figure.get("p"), figure.get("r")) for label, figure in known))
    if "mistakes" in result:
        _print_mistakes(result["mistakes"], result["examples"])


def _print_slots(part: str, slots: dict[str, Any], spread: dict[str, Any]) -> None:
    """A line a slot: precision, recall and F1, or the one share that is measured of it."""
    for slot, value in slots.items():
        if isinstance(value, dict):
            _line(slot, ((k, value[k], spread.get(f"{part}.{slot}.{k}")) for k in ("p", "r", "f1")))
        elif slot != "n" and value is not None:
            _line(slot.removesuffix("_acc").replace("_recall", ""), [("", value, spread.get(f"{part}.{slot}"))])


def _line(name: str, values: Any) -> None:
    def shown() -> Iterator[str]:
        for what, value, spread in values:
            if value is None:
                yield f"{what} –"
            elif isinstance(spread, tuple):
                yield f"{what} {value:.3f} [{spread[0]:.3f}–{spread[1]:.3f}]".strip()
            else:
                yield f"{what} {value:.3f}{'' if spread is None else f' / {spread:.3f}'}".strip()

    click.echo(f"  {name:14} " + "   ".join(shown()))


def _print_mistakes(kinds: dict[str, int], examples: list[dict[str, Any]]) -> None:
    heading("Mistakes by kind")
    for kind, count in kinds.items():
        click.echo(f"  {count:5}  {kind}")
    if not kinds:
        notice("no mistakes")
    last = ""
    for m in examples:
        if m["kind"] != last:
            heading(last := m["kind"])
        values = " ".join(f"{name} {cell(m[name])!r};" for name in ("gold", "said") if m[name])
        click.echo(f"  {m['id'][:12]} {clean(m['title'])}{'  (unsure)' if m['unsure'] else ''}")
        click.echo(f"    {values} {' | '.join(clean(line) for line in m['trace'])}")
