"""States that do themselves what a headline tells: "Ghana to build …", "Ghana and Norway unveil …"."""

from __future__ import annotations

import re

from monitor.classify.buildouts.mentions import Line, Mention

# What a state itself does rather than lets others do: "Ghana to build", "Norway to ration"; who merely hosts a site builds none.
_DOES = re.compile(
    r"^(?:(?:,|\sand)\s(?:the\s)?[A-Z][\w.]+(?:\s(?:firm|company|group))?)?\s(?:(?:to|will)\s(?:jointly\s)?(?:pay|"
    r"build|erect|site|construct|set\sup|"
    r"ration|invest|spend|pour|fund|ban|curb|halt|launch|deploy|buy|cap|tax|scrap|shelve|double|triple)|plans|pledges|commits|signs|"
    r"shelves|scraps|unveils|building|(?:is|are)\s(?:building|betting)|invites|strikes\s(?:\S+\s){0,3}(?:deal|pact)|inaugurates|rations|launches|earmarks|invests|builds|deploys|sets\saside|"
    r"(?:names|picks|selects|designates|chooses)\s(?:[A-Z][\w'’-]+\s){1,3}(?:(?:group|consortium|team|duo|bid)\s)?(?:as|for)|"
    r"to\s(?:stop|start|begin)\s(?:approving|allowing|charging|letting|permitting|taxing|requiring))\s",
)
# What two of them do: "announce"; of one "plan" and "launch" are nouns.
_DO = r"\s(?:announce|unveil|sign|plan|pledge|launch|build|invest|commit|agree|team\sup|back)\s"
_BOTH_DO = re.compile(rf"^{_DO}")
_AND_DO = re.compile(rf"^(?:,|\sand)\s(?:the\s)?[A-Z][\w.]+{_DO}")
_BETWEEN = (", ", " and ", ", the ", " and the ")
_OPENINGS = ("", "The ", "Why ")


def does_itself(m: Mention, line: Line) -> bool:
    """Whether a place opens the headline, alone or with another, and does itself what is told."""
    source, first = line.row.source, line.mentions[0]
    both = first is not m and first.kind == m.kind and source[first.end : m.start] in _BETWEEN
    opening, behind = source[m.sentence.start : first.start if both else m.start], source[m.end : m.end + 60]
    if opening not in _OPENINGS and not opening.endswith(": "):
        return False
    return _DOES.match(behind) is not None or _AND_DO.match(behind) is not None or (both and _BOTH_DO.match(behind) is not None)
