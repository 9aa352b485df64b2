"""Headlines written for training: ``python -m benchmarks.written_moves [--times 12] > FILE``.

``move_templates.txt`` has a sentence a line, with letters for names and posts, and the records it tells. Filled with invented
people, firms and posts they show the models each way a move is told, and what looks like one and is none. The rows are
examples: they weigh less than read stories and count in no figure.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).parent / "move_templates.txt"
SEED = 7
NEW_NAMES = 0.8  # share of names that are put together anew
MANY = 60  # choices of a sentence that holds named lists
UNTOLD = "*"  # in the place of records: a move, whose records are not written down (the slots learn nothing from it)
PEOPLE = (
    "Marta Oyelaran,Jonas Lindqvist,Priya Ramaswamy,Ken Tanabe,Lucia Ferrante,Tomasz Wilk,Anne-Marie Duval,Samuel Okafor,"
    "Wei Zhang,Dana Whitlock,Rafael Ibarra,Ingrid Solheim,Hassan Qureshi,Mei-Ling Chou,Oliver Pembroke,Noa Ben-Ami,"
    "Viktor Hadzic,"
    "Sunita Deshpande,Carlos Mendes,Elise Vandamme,Jae-won Seo,Patrick O'Rourke,Fatima Al-Sayed,Gregor Huber,Bianca Rossetti,"
    "Theo Van Houten,Nkechi Eze,Yuki Morioka,Arjun Bhandari,Claire Fontaine,Derek Halloran,Sofia Kovacs,"
    "Ahmed Mansour,Lars Nygaard,"
    "Rachel Feldstein,Min Thu,Isabel Quintero,Pavel Dvorak,Grace Adeyemi,Hugo Laurent,Zoe Castellanos,Matthew B. Crane,"
    "J. Robert Ashe,Katarzyna Nowicka,Bo Hansen,Lin Yutao,Deepika Nair,Stuart McKellar,Emil Sandoval,Tariq Jameel"
).split(",")
FIRMS = (
    "Northlight,Harrow Mills,Kestrel Robotics,Bluepine,Vantor Energy,Ostrava Bank,Meridian Foods,Quillon AI,Tessera Labs,"
    "Calder & Finch,Solvane,Rookwood Capital,OrbitCore,Brightwell Insurance,Nimbus Freight,Pallas Therapeutics,"
    "Greyfield Motors,"
    "Zentrix,Lumen Harbor,Aldgate Group,Corvid Networks,Fernhill Holdings,Delphine,Stratus Mining,Hollis Pharma,"
    "Juno Semiconductor,"
    "Karst,Mandrake Media,Polaris Shipping,Redfern Airlines,Silverlake Steel,Tidewater Utilities,Umbra Systems,"
    "Vesper,Westmark Retail,"
    "Xylos,Yarrow Biosciences,Ardent Cloud,Boreal Telecom,Cinder Games,OpenAI,Microsoft,Google,Meta,Nvidia,Amazon,Intel,"
    "Goldman Sachs,JPMorgan,Boeing,Starbucks,Netflix,Tesla,xAI,Anthropic,Oracle,Nokia,Salesforce,Spotify,Shell"
).split(",")
POSTS = (
    "CEO,CFO,chief executive,chief financial officer,COO,chief operating officer,CTO,chief technology officer,president,"
    "chief marketing officer,chief product officer,chief legal officer,general counsel,chief people officer,head of AI,"
    "head of product,AI chief,finance chief,cloud chief,vice president of engineering,senior vice president,"
    "executive vice president,"
    "chief scientist,managing director,chief information officer,head of design,sales chief,head of research,"
    "chief strategy officer,"
    "president and CEO,co-founder,chief revenue officer,hardware chief,general manager,security chief,research head,"
    "chief AI officer,EVP of operations,VP of data centers,boss,policy chief"
).split(",")
SEATS = "chairman,chair,independent director,non-executive director,board chair,chairwoman,non-executive chair".split(",")
OUTLETS = (" - Stock Titan", " - TipRanks", " - Reuters", " — Update", " - The Wall Street Journal")
# Names put together anew each time, so that no name is learned as a word that speaks for a move.
STARTS, ENDS = (
    "Ver Cal Nor Tal Bri Hel Mar Sol Quen Ax Pel Dor Lum Gar Fen Ost Ri Zan Kel Tor".split(),
    ("ix ora dyne well tek mont ista opia enta ard ova ium ley burg quist anda ester olux ivo eron".split()),
)
TRADES = "Energy,Bank,Labs,AI,Foods,Systems,Motors,Health,Group,Media,Capital,Pharma,Air,Steel,Games,Cloud,,,,,,,,".split(",")
FIRST = (
    "Anna Ben Carla David Elena Frank Gita Hiro Ivan Julia Kofi Laura Mark Nina Omar Paula Quinn Rosa Sven Tina Uma Victor Wendy "
    "Yusuf Zara Aaron Beth Chris Diane Eric"
).split()
# First names that no list knows: the news has many, and of such a name nothing says that it is a person's but what is told of it.
RARE = (
    "Wassym Srinivasa Kevork Oluwatobi Xiaoyi Vuyo Aslaug Srini Tadgh Jitendra Phuong Zhiqing Arjan Haohan Ljubo Aravindh "
    "Dzmitry Ebun"
).split()
RARE_NAMES = 0.25
_SMALL = frozenset(
    "a an the of to in on at by for from as and or with into after amid over is are its his her it will be has "
    "have who was were "
    "not but".split()
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=12, help="how often each template is filled")
    for row in rows(parser.parse_args().times):
        print(json.dumps(row, ensure_ascii=False))


def rows(times: int = 12) -> list[dict[str, Any]]:
    """Training rows; the same for the same templates and ``times``."""
    chance = random.Random(SEED)
    return [
        _row(f"written-{n}-{k}", text, records, chance)
        for n, (text, records) in enumerate(templates())
        for k in range(_fills(text, times))
    ]


def _fills(text: str, times: int) -> int:
    """The more a sentence leaves open, the more often it is filled."""
    return (18 if text.count("|") > MANY else 3 if "[" in text else 1) * times if re.search(r"[\[{]", text) else 1


def templates() -> Iterator[tuple[str, list[str]]]:
    """Each sentence with the records it tells. The named lists of the file stand in the place of their names."""
    lists: dict[str, str] = {}
    for line in TEMPLATES.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            name, _, choices = line.partition(" = ")
            lists[name] = choices
        elif line.strip() and not line.startswith("#"):
            text, _, told = line.partition(" => ")
            yield re.sub(r"@\w+", lambda found: lists[found[0]], text), told.split(" ; ") if told else []


def _row(key: str, text: str, records: list[str], chance: random.Random) -> dict[str, Any]:
    people, firms, posts = chance.sample(PEOPLE, 3), chance.sample(FIRMS, 3), chance.sample(POSTS, 3)
    people = [_person(chance) if chance.random() < NEW_NAMES else name for name in people]
    firms = [_firm(chance) if chance.random() < NEW_NAMES else name for name in firms]
    letters = dict(zip("PQXABCRST", (*people, *firms, *posts), strict=True)) | {"D": chance.choice(SEATS)}
    letters |= {letter.lower(): letters[letter].split()[-1] for letter in "PQX"}

    chosen = 1
    while chosen:  # a choice may hold choices
        text, chosen = re.subn(r"\[([^\[\]]*)\]", lambda found: chance.choice(found[1].split("|")), text)
    if "[" in text or "]" in text:
        raise ValueError(f"{TEMPLATES.name}: {key}: a bracket is not closed, or not opened: {text}")
    text = " ".join(text.split()).replace(" ,", ",").replace(" :", ":")

    def filled(part: str) -> str:
        return re.sub(r"\{(\w)\}", lambda found: letters[found[1]], part)

    title, _, summary = (filled(part) for part in text.partition(" || "))
    if chance.random() < 0.5:
        title = _loud(title)
    title = title if re.match(r"x[A-Z]", title) else title[0].upper() + title[1:]
    title, summary = _dressed(title, summary, letters["A"], chance)
    return {
        "id": key,
        "title": title,
        "summary": summary,
        "url": "",
        "labels": ["executive_move"] if records else [],
        "judged": ["executive_move"],
        "moves": [_record(record, letters) for record in records if record != UNTOLD],
        "example": True,
    }


def _person(chance: random.Random) -> str:
    first = chance.choice(RARE if chance.random() < RARE_NAMES else FIRST)
    return f"{first} {chance.choice(STARTS)}{chance.choice(STARTS).lower()}{chance.choice(ENDS)}"


def _firm(chance: random.Random) -> str:
    middle = chance.choice(["", chance.choice(STARTS).lower()])
    return f"{chance.choice(STARTS)}{middle}{chance.choice(ENDS)} {chance.choice(TRADES)}".strip()


def _dressed(title: str, summary: str, firm: str, chance: random.Random) -> tuple[str, str]:
    """Tickers, outlets, bylines and datelines, as feeds have them."""
    ticker = firm[:3].upper()
    if chance.random() < 0.15:
        title = title.replace(firm, f"{firm} ({chance.choice(['NYSE: ', 'NASDAQ:', ''])}{ticker})", 1)
    if chance.random() < 0.2:
        title += chance.choice([*OUTLETS, f" >{ticker}"])
    if summary and chance.random() < 0.15:
        summary = f"By {chance.choice(PEOPLE)} {summary}"
    if summary and chance.random() < 0.1:
        summary = f"NEW YORK, Feb. 12, 2025 (GLOBE NEWSWIRE) -- {summary}"
    if summary and chance.random() < 0.2:
        summary = f"{title} {summary}"
    return title, summary


def _loud(text: str) -> str:
    words = text.split(" ")
    return " ".join(
        w if (n and w.lower() in _SMALL) or not w[:1].islower() else w[0].upper() + w[1:] for n, w in enumerate(words)
    )


def _record(told: str, letters: dict[str, str]) -> dict[str, str]:
    action, person, rest = told.split(" ", 2)
    here, there = rest.split(">")
    values = [letters.get(person, ""), *(_value(part, letters) for side in (here, there) for part in side.split("/", 1))]
    keys = ("person", "from_org", "from_role", "to_org", "to_role")
    return dict(zip(keys, values, strict=True)) | {"group": "", "action": action, "status": "confirmed"}


def _value(part: str, letters: dict[str, str]) -> str:
    if part == "-":
        return ""
    kind, _, last = part.rpartition(" ")
    return f"{kind} {letters[last]}".strip() if last in letters else part


if __name__ == "__main__":
    main()
