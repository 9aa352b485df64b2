"""Arms of one owner: who joins Google's DeepMind joins Google, and both are told of one move.

Keys are those of ``loose_key``. What carries its owner's name ("Google Cloud") is here too, so that a slot can be made more
exact.
"""

from __future__ import annotations

from collections.abc import Iterable

from monitor.grouping.facts import loose_key, meet, same_org

_ARMS = {
    "alphabet": "google|waymo|verily|isomorphic labs|wing|gv|google ventures|capitalg",
    "google": "deepmind|google deepmind|google cloud|gcp|youtube|android|mandiant|google research|google ai|google brain",
    "amazon": "aws|amazon web services|amazon agi|twitch|zoox|ring|audible|amazon robotics|project kuiper",
    "microsoft": "azure|microsoft azure|microsoft ai|mai|microsoft research|linkedin|github|xbox|activision blizzard",
    "meta": "facebook|instagram|whatsapp|fair|msl|meta ai|meta compute|meta superintelligence labs|reality labs",
    "oracle": "oci|oracle cloud|oracle cloud infrastructure|cerner",
    "alibaba": "aliyun|alibaba cloud|qwen",
    "tencent": "tencent cloud|tencent games",
    "bytedance": "tiktok|volcano engine",
    "samsung": "samsung electronics|samsung foundry|samsung display",
    "intel": "intel foundry|altera",
    "ibm": "red hat|ibm research|ibm cloud",
    "salesforce": "slack|tableau|mulesoft",
    "spacex": "starlink",
    "broadcom": "vmware",
    "cisco": "splunk|cisco ai",
    "nvidia": "mellanox|nvidia research",
    "softbank": "sb energy",
    "walmart": "walmart labs|sams club",
}
_OWNER = {arm: owner for owner, arms in _ARMS.items() for arm in arms.split("|")}


def is_arm(arm: str, of: str) -> bool:
    """Whether the organisation ``arm`` belongs to ``of``, at whatever remove; both as they are written."""
    owner, key = _OWNER.get(loose_key(arm), ""), loose_key(of)
    while owner and owner != key:
        owner = _OWNER.get(owner, "")
    return bool(owner)


def one_house(a: str, b: str) -> bool:
    """One organisation, or one of the two an arm of the other; two arms of one owner are two. Names as written, or keys."""
    return same_org(loose_key(a), loose_key(b)) or is_arm(a, b) or is_arm(b, a)


def one_destination(to_orgs: Iterable[str], from_orgs: Iterable[str], known: Iterable[str]) -> bool:
    """Who goes to ``to_orgs`` goes where ``known`` says, by that name or by an arm's; but from the owner to its arm is a move."""
    mine, theirs = tuple(to_orgs), tuple(known)
    if meet(mine, theirs):
        return True
    return any(one_house(x, y) for x in mine for y in theirs) and not meet(from_orgs, theirs)
