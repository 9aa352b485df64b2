"""How the names and posts of one sentence hang together, in the few words that say so.

A sentence is boiled down to its *bones*: names, posts and frames, marks and small words that relate; everything else is a
blank, and blanks in a row are one. "Jhalani, senior vice president Commercial, was named as its new finance chief" is
``P , R w , was F:ORG_NAMES as R``. What stands between two of them is then short enough to be met again elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitor.classify.moves.cast.cast import Cast
from monitor.classify.moves.cast.unnamed import beside, unnamed
from monitor.classify.moves.cast.view import Named, Place
from monitor.classify.moves.evidence.bones import bones, standing_of
from monitor.classify.moves.evidence.facts import Facts
from monitor.classify.moves.evidence.phrases import said
from monitor.classify.parsing.row import Row
from monitor.classify.words.move_cues import move_cues

FAR = 6  # bones of a path that are spelled out


class Ties:
    """The bones of a story's rows, and who stands next to which post of which organisation."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.rows = [bones(row) for row in cast.seen.rows]
        self._people = _by_row(cast.people, len(self.rows))
        self._orgs = _by_row(cast.orgs, len(self.rows))
        self.main = cast.orgs[0] if cast.orgs else None
        self.holders = {(p.row, p.at): self._closest(p, self._people[p.row]) for _, p in cast.titles}
        self.said = [said(row.items) for row in cast.seen.rows]
        self.owners = {(p.row, p.at): self._owner(p) for _, p in cast.titles}
        self.cues = [_cues(row) for row in cast.seen.rows]
        self.facts = Facts(cast)
        self.unnamed = [unnamed(row) for row in cast.seen.rows]
        # What is asked for again with each anchor and each slot.
        self.of_orgs: dict[int, set[str]] = {}
        self.of_titles: dict[int, set[str]] = {}
        self._firms: dict[int, list[str]] = {}
        self._around: dict[tuple[int, int], tuple[str, str]] = {}
        self._before: dict[tuple[int, int, int], list[str]] = {}
        self._told: dict[tuple[int, int, int], list[str]] = {}

    def between(self, a: Place, b: Place) -> tuple[str, list[str]]:
        """The side of ``a`` on which ``b`` stands, and the bones between them, both of one row."""
        row = self.rows[a.row]
        low, high = (a.at, b.at) if a.at < b.at else (b.at, a.at)
        return (">" if a.at < b.at else "<"), row.signs[row.spot[low] + 1 : row.spot[high]]

    def path(self, a: Place, b: Place) -> str:
        side, signs = self.between(a, b)
        if len(signs) > FAR:
            signs = [*signs[:2], "…", *signs[-3:]]
        return f"{side} {' '.join(signs)}"

    def around(self, place: Place) -> tuple[str, str]:
        """Two bones before a place, two after."""
        at = place.row, place.at
        if (found := self._around.get(at)) is None:
            row = self.rows[place.row]
            n = row.spot[place.at]
            found = " ".join(["^", *row.signs][max(n - 1, 0) : n + 1]), " ".join([*row.signs, "$"][n + 1 : n + 3])
            self._around[at] = found
        return found

    def _closest(self, place: Place, pool: Sequence[tuple[Named, Place]]) -> tuple[Named, str, int] | None:
        """Who stands nearest to a place: the one, the path to them, its length in bones."""
        best: tuple[Named, str, int] | None = None
        for one, p in pool:
            if p.at != place.at:
                n = len(self.between(place, p)[1])
                if best is None or n < best[2]:
                    best = (one, self.path(place, p), n)
        return best

    def _owner(self, place: Place) -> Named | None:
        """The organisation of a post: "Osprey's CFO", "Osprey CFO", "CFO of Osprey", "CFO, Osprey"."""
        for one, p in self._orgs[place.row]:
            side, signs = self.between(place, p)
            if side == "<" and (not signs or signs in (["ex"], ["now"], ["w"])):
                return one
            if side == ">" and signs in (["of"], ["at"], ["for"], [","], ["in"], ["with"]):
                return one
        return None

    def orgs_of(self, place: Place) -> str:
        """ "main", "other" or "none": whose post it is, beside the organisation named first."""
        owner = self.owners.get((place.row, place.at))
        return "none" if owner is None else "main" if owner is self.main else "other"

    def told(self, anchor: Named | None, place: Place) -> Sequence[str]:
        """What set phrases make of a place: to somebody, and to anybody else."""
        key = id(anchor), place.row, place.at
        if (found := self._told.get(key)) is None:
            found = self._told[key] = list(self._telling(anchor, place))
        return found

    def _telling(self, anchor: Named | None, place: Place) -> Iterable[str]:
        mine = {p.at for p in anchor.places if p.row == place.row} if anchor is not None else set()
        for (who, at), words in self.said[place.row].to.items():
            if at == place.at:
                yield from (f"said {word} {'mine' if who in mine else 'another'}" for word in words)

    def firms_beside(self, anchor: Named | None) -> Sequence[str]:
        """What is told of firms without a name to somebody (``unnamed.py``)."""
        if (found := self._firms.get(id(anchor))) is None:
            found = self._firms[id(anchor)] = list(beside(self, anchor))
        return found

    def told_of(self, one: Named | None) -> set[str]:
        """What set phrases make of somebody."""
        places = one.places if one is not None else ()
        return {f"said {word}" for p in places for word in self.said[p.row].of.get(p.at, ())} or {"said nothing"}

    def filled(self, one: Named | None) -> set[str]:
        """What set phrases make of other places beside somebody: "post gets", "org main left"."""
        found: set[str] = set()
        for p in one.places if one is not None else ():
            for (who, at), words in self.said[p.row].to.items():
                if who == p.at:
                    c = self.cast.seen.rows[p.row].items[at]
                    if c.kind in ("org", "name"):
                        kind = "org main" if self.main is not None and any(x.chunk is c for x in self.main.places) else "org"
                    else:
                        kind = f"post {standing_of[c.low]} {self.orgs_of(Place(p.row, at, c))}"
                    found.update(f"{kind} {word}" for word in words)
        return found

    def cues_of(self, one: Named | None) -> set[str]:
        """The classes of phrases in the story, and those before and behind somebody up to the next person."""
        found = {f"cue {'s' if r else 't'} {cue}" for r, cues in enumerate(self.cues[:5]) for _, cue in cues}
        for p in one.places[:5] if one is not None else ():
            others = [q.at for other, q in self._people[p.row] if other is not one]
            low = max((at for at in others if at < p.at), default=-1)
            high = min((at for at in others if at > p.at), default=999)
            w = "t" if p.row == 0 else "s"
            for at, cue in self.cues[p.row]:
                if p.at < at < high:
                    found.update((f"cue > {cue}", f"cue {w} > {cue}"))
                elif low < at < p.at:
                    found.update((f"cue < {cue}", f"cue {w} < {cue}"))
        return found

    def of_title(self, anchor: Named | None, place: Place) -> Iterable[str]:
        """Does this mention of a post belong to that person's move?"""
        stand, own = standing_of[place.chunk.low], self.orgs_of(place)
        yield from self.facts.of_title(anchor, place)
        yield from (f"me {word} own {own} {stand}" for word in self.told_of(anchor))
        left, right = self.around(place)
        told = sorted(self.told(anchor, place)) or ["said nothing"]
        yield from told
        yield f"all {' '.join(told)}"
        yield f"tl {left}"
        yield f"tr {right}"
        yield f"tlr {left} _ {right}"
        yield f"own {own} {stand}"
        closest = self.holders.get((place.row, place.at))
        if closest is not None:
            mine = closest[0] is anchor
            yield f"closest {mine} {closest[1] if closest[2] <= 3 else 'far'}"
        else:
            yield "closest nobody"
        yield from self.before(anchor, place)
        yield from self._paths(anchor, place, stand)

    def before(self, anchor: Named | None, place: Place) -> Sequence[str]:
        """The phrases of a row before a place, nearest first, and whether somebody stands between."""
        if not self.cues[place.row]:
            return ()
        key = id(anchor), place.row, place.at
        if (found := self._before.get(key)) is None:
            found = self._before[key] = list(self._leading(anchor, place))
        return found

    def _leading(self, anchor: Named | None, place: Place) -> Iterable[str]:
        mine = {p.at for p in anchor.places if p.row == place.row} if anchor is not None else set()
        others = [q.at for other, q in self._people[place.row] if other is not anchor]
        near = [(at, cue) for at, cue in self.cues[place.row] if at < place.at]
        for at, cue in near[-6:]:
            whose = "another" if any(at < x < place.at for x in others) else "mine" if any(x < at for x in mine) else "-"
            yield f"cue {cue} {whose}"
            if place.at - at <= 4:
                yield f"cue near {cue}"
        for at, cue in self.cues[place.row]:
            if place.at < at <= place.at + 4:
                yield f"cue after {cue}"

    def _paths(self, anchor: Named | None, place: Place, tag: str) -> Iterable[str]:
        mine = [p for p in anchor.places if p.row == place.row and p.at != place.at] if anchor is not None else []
        if not mine:
            yield f"no path {tag}"
            return
        near = min(mine, key=lambda p: abs(p.at - place.at))
        path = self.path(near, place)
        yield f"tie {path}"
        yield f"tie {path} {tag}"
        side, signs = self.between(near, place)
        yield f"len {side} {min(len(signs), 9)}"
        frames = [s for s in signs if s.startswith("F:")]
        yield f"frames {side} {' '.join(frames[:3])} {tag}"
        yield f"ends {side} {signs[0] if signs else ''} {signs[-1] if signs else ''}"
        if any(s[0] in "PN" and s not in ("N's", "P's") for s in signs):
            yield f"past somebody {side}"

    def of_org(self, anchor: Named | None, org: Named) -> Iterable[str]:
        """Does somebody come from, or go to, this organisation? Told also by the posts it owns and who holds them."""
        main = org is self.main
        yield from self.facts.of_org(anchor, org)
        for firm in self.firms_beside(anchor):
            yield f"{firm} beside {main}"
        yield f"main {main}"
        yield from (f"me {word} main {main}" for word in self.told_of(anchor))
        told = sorted({word for place in org.places for word in self.told(anchor, place)}) or ["said nothing"]
        yield from told
        yield f"all {' '.join(told)}"
        for place in org.places[:4]:
            for cue in self.before(anchor, place):
                yield cue
                yield f"{main} {cue}"
            yield from self._paths(anchor, place, "M" if main else "")
            left, right = self.around(place)
            yield f"tl {left}"
            yield f"tr {right}"
        for (row, at), owner in self.owners.items():
            if owner is org:
                holder = self.holders[row, at]
                whose = "nobody" if holder is None or holder[2] > 3 else "mine" if holder[0] is anchor else "another"
                stand = standing_of[self.cast.seen.rows[row].items[at].low]
                yield f"post {whose} {stand}"

    def of_person(self, one: Named) -> Iterable[str]:
        """The posts somebody stands next to, and whether others do."""
        for (row, at), holder in self.holders.items():
            if holder is None or holder[2] > 2:
                continue
            stand = standing_of[self.cast.seen.rows[row].items[at].low]
            own = self.owners[row, at]
            kind = "none" if own is None else "main" if own is self.main else "other"
            if holder[0] is one:
                yield f"holds {kind} {stand}"
                yield f"holds {'t' if row == 0 else 's'} {holder[1]} {stand}"
        told = sorted(self.told_of(one))
        yield from told
        yield f"all {' '.join(told)}"
        for place in one.places[:3]:
            left, right = self.around(place)
            w = "t" if place.row == 0 else "s"
            yield f"tl {w} {left}"
            yield f"tr {w} {right}"
            yield f"tlr {left} _ {right}"


def _cues(row: Row) -> list[tuple[int, str]]:
    """Number of the chunk and class of each phrase of a row."""
    if not (found := move_cues(row.sentence.lows)):
        return []
    at_token = {n: at for at, c in enumerate(row.items) for n in range(c.first, c.last + 1)}
    return [(at_token[n], cue) for n, cue in found if n in at_token]


def _by_row(pool: Sequence[Named], count: int) -> list[list[tuple[Named, Place]]]:
    found: list[list[tuple[Named, Place]]] = [[] for _ in range(count)]
    for one in pool:
        for p in one.places:
            found[p.row].append((one, p))
    return found
