"""What is measured of slots with the encoder: shares of gold records, each told by one record that was found at most."""

from __future__ import annotations

from benchmarks.encoder_slots import judged


def record(person: str, **slots: str) -> dict[str, str]:
    return {"person": person, "action": "hire", "from_org": "", "from_role": "", "to_org": "", "to_role": ""} | slots


def test_a_record_is_right_where_its_kind_and_both_firms_are() -> None:
    gold = [record("Ada Quill", from_org="Osprey", to_org="Corvid", to_role="chief executive")]
    found = [record("Quill", from_org="Osprey Inc", to_org="Corvid", to_role="CFO")]
    counts = judged(gold, found)
    assert (counts["records"], counts["record"], counts["action"], counts["to_role"], counts["more"]) == (1, 1, 1, 0, 0)
    assert judged(gold, [found[0] | {"from_org": ""}])["record"] == 0
    assert judged(gold, [found[0] | {"action": "appoint"}])["record"] == 0


def test_what_is_found_answers_one_gold_record_and_the_rest_is_told_too_much() -> None:
    gold = [record("Ada Quill"), record("Ada Quill")]
    counts = judged(gold, [record("Ada Quill"), record("Ben Okoro")])
    assert (counts["records"], counts["record"], counts["more"]) == (2, 1, 1)


def test_who_is_not_found_is_wrong_in_every_slot() -> None:
    assert judged([record("Ada Quill")], []) == {"records": 1, "more": 0}
