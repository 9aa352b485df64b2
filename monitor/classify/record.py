"""One person's or group's move as it is put together."""

from __future__ import annotations

from monitor.classify.drafting import Draft

AWAY = frozenset({"depart", "dismiss", "retire"})
_STRENGTH = {"dismiss": 7, "retire": 7, "board": 6, "found": 6, "promote": 5, "hire": 5, "appoint": 4, "depart": 3, "other": 1}


class Record:
    """One person's or group's move as it is put together."""

    def __init__(self, draft: Draft) -> None:
        self.action = draft.action
        self.parts: dict[str, tuple[Draft, tuple[str, int, int]]] = {k: (draft, v) for k, v in draft.slots.items()}
        self.frames = [draft]

    def get(self, slot: str) -> str:
        return self.parts[slot][1][0] if slot in self.parts else ""

    def fill(self, slot: str, draft: Draft, value: tuple[str, int, int]) -> None:
        current = self.get(slot)
        longer = (
            len(value[0]) > len(current) and value[0].lower().startswith(current.lower()) and slot in ("to_role", "from_role")
        )
        if not current or longer or (slot == "person" and len(value[0].split()) > len(current.split())):
            self.parts[slot] = (draft, value)

    def take(self, other: Draft) -> None:
        leaving = self.action in AWAY and other.action not in AWAY
        for slot, value in other.slots.items():
            if not (leaving and slot == "to_org" and "to_role" not in other.slots and other.action != "hire"):
                self.fill(slot, other, value)
        sure = other.frame.frame is not None and other.frame.frame.prior >= 0.4  # "the company she founded" changes nothing
        if (
            sure
            and not (leaving and other.action in ("appoint", "promote"))
            and _STRENGTH.get(other.action, 0) > _STRENGTH.get(self.action, 0)
        ):
            self.action = other.action
        self.frames.append(other)
