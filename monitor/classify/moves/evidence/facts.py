"""What a story says outright of each who moves: their own verbs, where from, where to and as what, over all its sentences.

``clauses`` reads one sentence; here its numbers become people, organisations and posts, "its" finds whom it means, who takes
somebody's place gets that one's post at that one's firm, and a post that is held at the firm one goes to is left there. What
comes out are features for the learned choice: crisp, and true nearly always.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from monitor.classify.moves.cast.cast import Cast
from monitor.classify.moves.cast.headlines import alike, bare
from monitor.classify.moves.cast.view import Named, Place
from monitor.classify.moves.evidence.clauses import Fact, Reading, read
from monitor.classify.moves.evidence.nouns import ITS, Holding
from monitor.classify.moves.evidence.outright import (
    GETS,
    Told,
    action_of,
    pattern_of,
    where_from_getting,
    where_from_leaving,
    where_to,
)
from monitor.classify.parsing.chunks import Chunk
from monitor.classify.words.lexicon import place_names
from monitor.classify.words.seats import SEATS, board_kind

_NOTHING = Told()


class Facts:
    """The facts of a story by who moves."""

    def __init__(self, cast: Cast) -> None:
        self._orgs = {(p.row, p.at): one for one in cast.orgs for p in one.places}
        self._posts = {(p.row, p.at): p for _, p in cast.titles}
        self._who: dict[tuple[int, int], list[Named]] = defaultdict(list)
        for one in (*cast.people, *cast.posts):
            for p in one.places:
                self._who[p.row, p.at].append(one)
        self._people = cast.people
        self.main = cast.orgs[0] if cast.orgs else None
        self._groups: list[tuple[Named, list[Named]]] = []
        self.told: dict[int, Told] = defaultdict(Told)
        self._actions: dict[int, str] = {}
        self._read(cast)
        self._conclude()

    def _read(self, cast: Cast) -> None:
        """What each sentence says, and what holds of everybody of a group."""
        for row, items in enumerate(cast.seen.rows):
            reading = read(items.items)
            self._acts(row, reading)
            self._holdings(row, items.items, reading)
            self._succession(row, reading)
        for group, members in self._groups:
            self._as_the_group(group, members)
        for one in cast.posts:
            if id(one) in self.told:
                self.told[id(one)].seat = board_kind[one.text.lower()] in SEATS

    def _conclude(self) -> None:
        """Where from and where to, each step of all before the next: what one leaves may say where another comes from."""
        found = list(self.told.values())
        for told in found:
            where_to(told)
        for told in found:
            where_from_leaving(told, self.main)
        for told in found:
            self._from_others(told)
        for told in found:
            where_from_getting(told, self.main)

    def of(self, one: Named | None) -> Told:
        return self.told.get(id(one), _NOTHING)

    def action_of(self, one: Named | None) -> str:
        """As of ``outright``, of what is told when all is read."""
        if (found := self._actions.get(id(one))) is None:
            found = self._actions[id(one)] = action_of(self.of(one))
        return found

    def _acts(self, row: int, reading: Reading) -> None:
        last: Fact | None = None
        for fact in reading.facts:
            if fact.verb == "listed" and last is not None:
                fact = fact._replace(into=last.into, verb=last.verb)
            elif fact.verb in GETS and fact.into >= 0:
                last = fact
            for one in self._who.get((row, fact.who), ()):
                self._act(row, reading, fact, self.told[id(one)])

        for at, mates in reading.mates.items():
            self._groups += [
                (group, [one for mate in mates for one in self._who.get((row, mate), ())])
                for group in self._who.get((row, at), ())
                if group.kind == "post"
            ]

    def _as_the_group(self, group: Named, members: Sequence[Named]) -> None:
        """Of whom nothing is said themselves, what is said of the group holds: "The engineers include P"."""
        whole = self.of(group)
        for told in [self.told[id(one)] for one in members]:
            if not told.verbs:
                told.verbs += whole.verbs
                told.into += whole.into
                told.out_of += whole.out_of
                told.held += whole.held

    def _act(self, row: int, reading: Reading, fact: Fact, told: Told) -> None:
        past = {"was": "past", "is": ""}.get(fact.verb)
        if past is not None:
            if (place := self._posts.get((row, fact.left))) is not None:
                told.held.append((self._owner(row, reading.owner.get(fact.left, -1), fact.who), past or _vague(place)))
                told.left.append((place, "held" + past))
            if (org := self._orgs.get((row, fact.out_of))) is not None:
                told.held.append((org, past))
            return
        told.verbs.append((fact.verb, row))
        for at, posts, orgs in ((fact.gets, told.gets, told.into), (fact.left, told.left, told.out_of)):
            if (place := self._posts.get((row, at))) is not None:
                posts.append((place, fact.verb))
                owner = reading.owner.get(at, -1)
                if owner >= 0 and (org := self._orgs.get((row, owner))) is not None:
                    orgs.append((org, "post"))
        for at, orgs in ((fact.into, told.into), (fact.out_of, told.out_of)):
            if (org := self._orgs.get((row, at))) is not None:
                orgs.append((org, fact.verb))

    def _holdings(self, row: int, items: Sequence[Chunk], reading: Reading) -> None:
        for at, holdings in reading.holds.items():
            for one in self._who.get((row, at), ()):
                self._holds(row, at, holdings, self.told[id(one)])
            several = [one for one in holdings if self._plural(row, one.post)]
            for mate in reading.mates.get(at, ()) if several else ():
                for one in self._who.get((row, mate), ()):
                    self._holds(row, at, several, self.told[id(one)])
        for at, (owner_at, when) in reading.of.items():
            if items[owner_at].low in place_names():
                continue  # "Bergen's Ada Quill"
            org = self._orgs.get((row, owner_at))
            for who in (at, *(mate for mate in reading.mates.get(at, ()) if mate not in reading.of)):
                for one in self._who.get((row, who), ()):
                    if org is not None:
                        self.told[id(one)].held.append((org, "of" + when))
        for post, owner_at in reading.owner.items():
            for one in self._who.get((row, post), ()):
                if one.kind == "post" and (org := self._owner(row, owner_at, post)) is not None:
                    self.told[id(one)].held.append((org, ""))

    def _holds(self, row: int, at: int, holdings: Sequence[Holding], told: Told) -> None:
        for holding in holdings:
            place = self._posts.get((row, holding.post))
            owner = self._owner(row, holding.owner, at)
            if holding.when == "new":
                told.verbs.append(("takes", row))
                if place is not None:
                    told.gets.append((place, "new"))
                if owner is not None:
                    told.into.append((owner, "post"))
                continue
            told.held.append((owner, holding.when or (_vague(place) if place is not None else "")))
            if place is not None:
                told.left.append((place, "held" + holding.when))

    def _plural(self, row: int, post: int) -> bool:
        place = self._posts.get((row, post))
        return place is not None and place.chunk.role is not None and place.chunk.role.plural

    def _owner(self, row: int, owner: int, at: int) -> Named | None:
        """The organisation that owns a post; "its" is the first of the sentence before it, else the one spoken of first."""
        if owner != ITS:
            return self._orgs.get((row, owner))
        before = [(p_at, org) for (r, p_at), org in self._orgs.items() if r == row and p_at < at]
        return min(before, key=lambda pair: pair[0])[1] if before else self.main

    def _succession(self, row: int, reading: Reading) -> None:
        """Who comes and who goes where one takes the other's place, of one sentence."""
        ones = [(one, fact.verb) for fact in reading.facts for one in self._who.get((row, fact.who), ())]
        goes = [one for one, verb in ones if verb == "replaced"]
        if not goes and any(verb == "successor" for _, verb in ones):
            goes = [one for one in self._people if self.of(one).leaving]
        for new in [one for one, verb in ones if goes and verb in GETS and verb not in ("founds", "back")]:
            self.told[id(new)].replaces += [old for old in goes if old is not new and old not in self.told[id(new)].replaces]

    def _from_others(self, told: Told) -> None:
        """Who takes a place gets it at the firm it is left at; who is replaced leaves the firm, and the post, the other gets."""
        for old in told.replaces:
            other = self.told[id(old)]
            if told.to_org is None and other.from_org is not None:
                told.to_org = (other.from_org[0], "place of")
            if told.to_org is not None and (other.from_org is None or other.from_org[1] in ("main", "held")):
                other.from_org = (told.to_org[0], "replaced")
            if told.gets and not other.left:
                other.left.append((told.gets[0][0], "replaced"))
            elif other.left and not told.gets:
                told.gets.append((other.left[0][0], "place of"))

    def of_org(self, anchor: Named | None, org: Named) -> Iterator[str]:
        """What is said outright of an organisation beside somebody."""
        told = self.of(anchor)
        action = self.action_of(anchor) or "-"
        for slot, found in (("to", told.to_org), ("from", told.from_org)):
            if found is None:
                yield f"fact {slot} unsaid {action}"
            elif found[0] is org:
                yield f"fact {slot}"
                yield f"fact {slot} {found[1]}"
            else:
                yield f"fact {slot} another"
        yield from {f"fact into {rule}" for one, rule in told.into if one is org}
        yield from {f"fact out of {rule}" for one, rule in told.out_of if one is org}
        yield from {f"fact held {when}" for one, when in told.held if one is org}

    def of_none(self, anchor: Named | None) -> Iterator[str]:
        """What is said outright, as it speaks for or against a slot that stays empty."""
        told = self.of(anchor)
        yield f"fact none from {told.from_org[1] if told.from_org else '-'}"
        yield f"fact none to {told.to_org[1] if told.to_org else '-'}"
        yield f"fact none does {self.action_of(anchor) or '-'} goes {pattern_of(told)}"
        yield f"fact none left {bool(told.left)} gets {bool(told.gets)}"

    def of_title(self, anchor: Named | None, place: Place) -> Iterator[str]:
        """What is said outright of a mention of a post beside somebody."""
        told = self.of(anchor)
        for slot, found in (("gets", told.gets), ("left", told.left)):
            rules = {rule for one, rule in found if (one.row, one.at) == (place.row, place.at)}
            yield from (f"fact {slot} {rule}" for rule in rules)
            yield f"fact {slot} {'this' if rules else 'another' if found else 'unsaid'}"

    def of_post(self, post: Named, movers: Sequence[Named]) -> Iterator[str]:
        """What is said outright of a post or group without a name, and whether it is told of as somebody's who has one."""
        told, action, some = self.of(post), self.action_of(post) or "-", "beside" if movers else "alone"
        whose = {self._holder(post, one, movers) for one in self._people} or {"nobody"}
        role = post.best.chunk.role
        kind = "several" if role is not None and role.plural else "one"
        yield f"fact post {action} {some}"
        yield f"fact post goes {pattern_of(told)} {some}"
        yield from (f"fact verb {verb} {some}" for verb in told.first)
        owner = min(whose, key=("mover", "other", "unlike", "nobody").index)
        yield from (f"whose {owner}", f"whose {owner} {some}", f"whose {owner} {kind} {action}", f"{kind} {action} {some}")
        yield f"whose {owner} {kind} {action} {some}"

    def _holder(self, post: Named, one: Named, movers: Sequence[Named]) -> str:
        """Whether a person is told of as one of such a post: a "mover", an "other", or none: "unlike"."""
        told, low = self.of(one), post.best.chunk.low
        theirs = {place.chunk.low for place, _ in (*told.gets, *told.left)}
        if low in theirs or (not bare(low) and any(not bare(other) and alike(low, other) for other in theirs)):
            return "mover" if any(one is mover for mover in movers) else "other"
        return "unlike"

    def of_move(self, anchor: Named | None) -> Iterator[str]:
        """The kind of move that is said outright."""
        told = self.of(anchor)
        action, goes = self.action_of(anchor) or "-", pattern_of(told)
        yield f"fact does {action}"
        yield f"fact goes {goes}"
        yield f"fact does {action} goes {goes}"
        yield f"fact from {told.from_org[1] if told.from_org else '-'}"
        yield f"fact to {told.to_org[1] if told.to_org else '-'}"
        yield from {f"fact verb {verb}" for verb, _ in told.verbs}
        yield from {f"fact verb first {verb}" for verb in told.first}
        yield f"fact verbs {' '.join(sorted(told.first))}"


_VAGUE = re.compile(
    r"(?:veteran|insider|exec|executive|researcher|scientist|engineer|analyst|investor|entrepreneur|"
    r"adviser|advisor|expert|leader|official|partner|lawyer|banker|economist|pioneer|guru|alum|star|strategist|mogul|figure|"
    r"billionaire|designer)s?\Z"
)


def _vague(place: Place) -> str:
    """ "vague" for a post that says nothing of where it is held: "veteran", "analyst", "executive"."""
    return "vague" if _VAGUE.search(place.chunk.low) and "chief" not in place.chunk.low else ""
