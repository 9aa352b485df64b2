"""Stories written for training the slots of moves: ``python -m benchmarks.written_slots [--times 3] > FILE``.

``slot_templates.txt`` has a story a line, headline and summary, with letters for names and posts, and the records it tells;
``slot_stories….txt`` the same with choices, ``[leaves|quits]``, and are filled once oftener. A record is "action person
from_org/from_role>to_org/to_role"; in the person's place "-" is nobody, and words_with_underscores are a group.
The summaries speak of people and firms that only stand by, as real ones do. Rows are examples: they count in no figure.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.written_moves import FIRMS, PEOPLE

_HERE = Path(__file__).parent
TEMPLATES = (_HERE / "slot_templates.txt", _HERE / "slot_stories.txt", *sorted(_HERE.glob("slot_stories_*.txt")))
SEED = 11
MORE_PEOPLE = (
    "Ines Carrasco,Dmitri Volkov,Aoife Brennan,Tunde Balogun,Ruth Abernathy,Kenji Watanabe,Mirela Popescu,Jordan Blake,"
    "Sanjay Krishnan,Li Weidong,Chen Haoran,Amelia van der Berg,Thomas J. Whitcombe,Laleh Moradi,Björn Eklund,Seung-hyun Park,"
    "Dominique Lefevre,Kwame Asante,Rosa Iglesias,Marco De Luca,Stephanie Rourke,Ali Hassan,Nadia Petrova,Greg Tillman,"
    "Harriet Osborne,Zhou Minghui,Ravi Subramanian,Ella Thorsen,Miguel Ángel Soto,Caleb Winters,Anita Desrosiers,Tom Quigley"
).split(",")
MORE_FIRMS = (
    "Pinecrest,Halcyon Foods,Northern Copper,Marigold Health,Sable Point Energy,Tanager,Vireo Bio,Red Mesa Minerals,"
    "Summit Ridge Partners,Glasswing,Ironbark Resources,Lakeshore Bancorp,Cobalt Therapeutics,Fairmont Hotels,Quantro,"
    "Blue Harbor,Orchard Lane Capital,Skyward Robotics,Trillium Pharma,Whitehall Securities,Zephyr Motors,Anchor Cement,"
    "Peakline Apparel,Dunmore Insurance,Eastgate Logistics,Saffron Labs,Mosaic Networks,Hatchet,Copperleaf Mining,Wavefront AI,"
    "Novalis,Granite Peak Gold,Thistle & Rowe,Brookhaven University,Palisade Software,K2 Semiconductor,General Turbine,"
    "DeepMind,AWS,Google Cloud,Instagram,LinkedIn,GitHub,YouTube,Xbox,Slack,Waymo,Mistral AI,Scale AI,CoreWeave,Apple,Palantir,"
    "IBM,Cisco,Qualcomm,AMD,Uber,Airbnb,Disney,Ford,Pfizer,Morgan Stanley,BlackRock,KKR,Nike,Target,BP,HSBC,Accenture,PwC"
).split(",")
POSTS = (
    "CEO=chief executive officer,CEO=chief executive,CFO=chief financial officer,COO=chief operating officer,"
    "CTO=chief technology officer,CMO=chief marketing officer,CIO=chief information officer,CPO=chief product officer,"
    "finance chief=chief financial officer,boss=chief executive,general counsel=general counsel,president=president,"
    "AI chief=head of artificial intelligence,head of AI=head of AI,research head=vice president of research,"
    "chief scientist=chief scientist,cloud chief=head of its cloud business,hardware chief=senior vice president of hardware,"
    "sales chief=chief revenue officer,chief revenue officer=chief revenue officer,VP=vice president of engineering,"
    "chief legal officer=chief legal officer,security chief=chief information security officer,design chief=head of design,"
    "head of product=head of product,president and CEO=president and chief executive officer,managing director=managing director,"
    "chief commercial officer=chief commercial officer,chief people officer=chief people officer,"
    "chief medical officer=chief medical officer,policy chief=vice president of public policy,"
    "data center head=head of data centers,"
    "co-founder=co-founder,software chief=senior vice president of software,chief strategy officer=chief strategy officer"
).split(",")
TRADES = (
    "chipmaker,carmaker,retailer,bank,drugmaker,miner,insurer,airline,startup,software company,company,utility,brewer,"
    "oil and gas group,data-center operator,asset manager,biotechnology company,lender,steelmaker,publisher"
).split(",")
OUTLETS = (
    "Bloomberg,Reuters,The Information,CNBC,TechCrunch,Financial Times,The Verge,TipRanks,Stock Titan,GuruFocus,simplywall.st"
).split(",")
CITIES = "New York,San Jose,London,Mumbai,Toronto,Sydney,Dallas,Singapore,Shenzhen,Stockholm,Zurich,Chicago".split(",")
DAYS = "Monday,Tuesday,Wednesday,Thursday,Friday".split(",")
DATES = "April 1,May 12,June 30,Sept. 1,Jan. 5,March 31,July 1,Oct. 15,Feb. 10,Dec. 31".split(",")
SEATS = "chairman,chair,independent director,non-executive director,chairwoman".split(",")
_SMALL = frozenset(
    "a an the of to in on at by for from as and or with into after amid over is its his her it who not but".split()
)
_CHOICE = re.compile(r"\[([^\]]*)\]")
_LETTER = re.compile(r"\{(\w)([+^]?)\}")
_UPPER = frozenset("ai hr".split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=3, help="how often each template is filled")
    for row in rows(parser.parse_args().times):
        print(json.dumps(row, ensure_ascii=False))


def rows(times: int = 3) -> list[dict[str, Any]]:
    """Training rows; the same for the same templates and ``times``."""
    chance = random.Random(SEED)
    return [
        _row(f"told-{n}-{k}", text, records, chance)
        for n, (text, records) in enumerate(templates())
        for k in range(times + ("[" in text))
    ]


def templates() -> Iterator[tuple[str, list[str]]]:
    """Each story with the records it tells."""
    for path in TEMPLATES:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                text, _, told = line.partition(" => ")
                yield text, told.split(" ; ")


def _row(key: str, text: str, records: list[str], chance: random.Random) -> dict[str, Any]:
    words = letters(chance)
    title, _, summary = (part.strip() for part in filled(text, words, chance).partition("||"))
    if chance.random() < 0.4:
        title = loud(title)
    moves = [_record(record, words) for record in records]
    longer = any(words["A"] in move[slot] != words["A"] for move in moves for slot in ("from_org", "to_org"))
    if chance.random() < 0.1 and not longer:
        title = title.replace(words["A"], f"{words['A']} ({words['A'][:3].upper()})", 1)
    return {
        "id": key,
        "title": title[:1].upper() + title[1:] if not re.match(r"x[A-Z]", title) else title,
        "summary": summary[:1].upper() + summary[1:],
        "url": "",
        "labels": ["executive_move"],
        "judged": ["executive_move"],
        "moves": moves,
        "example": True,
    }


def filled(text: str, words: dict[str, str], chance: random.Random) -> str:
    """``text`` with one of each choice, and words for letters."""
    chosen = " ".join(_CHOICE.sub(lambda found: chance.choice(found[1].split("|")), text).split())
    chosen = re.sub(r" (?=[.,])", "", chosen)
    return _LETTER.sub(lambda found: words[found[1] + found[2]], chosen)


def letters(chance: random.Random) -> dict[str, str]:
    """A word for each letter: people, organisations, posts and the rest."""
    people = chance.sample([*PEOPLE, *MORE_PEOPLE], 5)
    firms, posts = chance.sample([*FIRMS, *MORE_FIRMS], 3), chance.sample(POSTS, 3)
    words = dict(zip("PQXYJABC", (*people, *firms), strict=True))
    words |= {letter.lower(): words[letter].split()[-1] for letter in "PQXY"}
    words |= {letter.lower(): words[letter].split()[0] for letter in "ABC"}
    for letter, post in zip("RST", posts, strict=True):
        short, _, long = post.partition("=")
        words |= {letter: short, f"{letter}+": long, f"{letter}^": loud(long, whole=True)}
    pools = {"O": OUTLETS, "W": DAYS, "M": DATES, "K": CITIES, "N": TRADES, "D": SEATS}
    return words | {letter: chance.choice(pool) for letter, pool in pools.items()}


def loud(text: str, *, whole: bool = False) -> str:
    """``text`` in Title Case; ``whole``: small words at its head too stay small."""
    words = text.split(" ")
    return " ".join(
        w.upper() if w in _UPPER else w if ((n or whole) and w.lower() in _SMALL) or not w[:1].islower() else w[0].upper() + w[1:]
        for n, w in enumerate(words)
    )


def _record(told: str, words: dict[str, str]) -> dict[str, str]:
    action, who, rest = told.split(" ", 2)
    here, there = rest.split(">")
    person = words.get(who, "")
    group = "" if person or who == "-" else _LETTER.sub(lambda found: words[found[1] + found[2]], who).replace("_", " ")
    values = [person, *(_value(part, words) for side in (here, there) for part in side.split("/", 1))]
    keys = ("person", "from_org", "from_role", "to_org", "to_role")
    return dict(zip(keys, values, strict=True)) | {"group": group, "action": action, "status": "confirmed"}


def _value(part: str, words: dict[str, str]) -> str:
    """A slot's words: a letter, a letter behind words ("interim R+"), words as they are, or nothing."""
    part = _LETTER.sub(lambda found: words[found[1] + found[2]], part.strip())
    if part == "-":
        return ""
    before, _, last = part.rpartition(" ")
    return f"{before} {words[last]}".strip() if last in words else part


if __name__ == "__main__":
    main()
