"""Names of firms that are told by a form, a figure or what they stand beside, and what only looks like one."""

from __future__ import annotations

from tests.classify.test_names import orgs, people


def test_degrees_and_juniors_are_nobody() -> None:
    title = "Harrow Mills appoints Ada Quill, M.D., as chief medical officer and Bo F. Tarrow, Jr. as finance chief"
    assert (people(title), orgs(title)) == (["Ada Quill", "Bo F. Tarrow"], ["Harrow Mills"])


def test_a_form_behind_a_comma_says_that_a_name_is_a_firms() -> None:
    title = "Bob Tarrow Farms, Inc. announced that Ada F. Quill, the Company's CFO, resigned"
    assert (people(title), orgs(title)) == (["Ada F. Quill"], ["Bob Tarrow Farms"])
    assert people("Bob Tarrow, CFO of Harrow Mills, resigned") == ["Bob Tarrow"]


def test_a_figure_opens_a_firms_name_within_a_sentence() -> None:
    assert orgs("Ada Quill, founder of 42X Labs, has promoted Bo Tarrow to CFO") == ["42X Labs"]
    assert "10K" not in orgs("Ada Quill ran the 10K for Harrow Mills and was named CEO")


def test_a_known_firm_may_go_on_in_words_of_firms() -> None:
    assert orgs("Ada Quill has been promoted to vice president of Konami Digital Entertainment") == [
        "Konami Digital Entertainment"
    ]
    assert orgs("Ada Quill has been promoted to vice president of Konami Digital") == ["Konami"]


def test_where_a_sentence_begins_at_a_firm_nobody_is_called_so() -> None:
    story = ("Harrow Mills lost managing director Ada Quill", "At Corvid, longtime partner Bo Tarrow retires in March.")
    assert (people(*story), orgs(*story)) == (["Ada Quill", "Bo Tarrow"], ["Harrow Mills", "Corvid"])


def test_a_manager_beside_a_president_is_no_carmaker() -> None:
    assert orgs("Corvid's President and GM Bo Tarrow to replace Ada Quill at Harrow Mills") == ["Corvid", "Harrow Mills"]
    assert orgs("GM names Ada Quill as CFO") == ["GM"]
    assert orgs("Ada Quill leaves Ford and GM hires her") == ["Ford", "GM"]


def test_a_trade_by_where_it_is_at_home_hires_nobody() -> None:
    story = (
        "Harrow Mills hires Ada Quill",
        "Wall Street giant Harrow Mills has hired former minister Ada Quill as a senior adviser.",
    )
    assert orgs(*story) == ["Harrow Mills"]


def test_two_letters_are_a_firm_of_two_words() -> None:
    assert orgs("BA names Ada Quill as chief executive", "British Airways named Ada Quill on Monday.") == ["British Airways"]
    assert orgs("HM names Ada Quill CEO", "Corvid Foods lost her to Harrow Meadow Mills.")[:2] == ["HM", "Corvid Foods"]


def test_who_cedes_a_post_is_called_by_the_name_alone() -> None:
    assert people("Ada Quill Cedes CEO Post To Bo Tarrow At Harrow Mills") == ["Ada Quill", "Bo Tarrow"]


def test_a_bank_of_a_country_is_a_firm_where_both_have_capitals() -> None:
    assert orgs("Last week, Ada Quill took over as chief executive of the Chennai-headquartered Indian Bank.") == ["Indian Bank"]
    assert orgs("Last week, an Indian bank named Ada Quill chief executive") == []
    assert orgs("German Energy Minister Ada Quill joins Harrow Mills") == ["Harrow Mills"]


def test_the_heading_of_a_column_hires_nobody() -> None:
    assert orgs("Names & Faces Round-Up: Ada Quill has been named CEO of Harrow Mills") == ["Harrow Mills"]


def test_a_known_firms_branch_has_a_board_of_its_own() -> None:
    assert "T-Mobile US" in orgs("Corvid looks to appoint Ada Quill to T-Mobile US' Board of Directors.")


def test_the_town_of_a_firms_seat_is_no_firm() -> None:
    assert orgs("Cory Quill resigned as finance head of Dalton, Ga.-based Harrow Memorial Hospital") == [
        "Harrow Memorial Hospital"
    ]
    assert orgs("Ada Quill leaves Toledo, Ohio-based Harrow Mills as CFO") == ["Harrow Mills"]
    assert orgs("Ada Quill was finance director at Salem, New Jersey-headquartered Corvid Foods") == ["Corvid Foods"]
    assert orgs("Ada Quill has worked for Harrow Mills, London-based Corvid Foods and others")[:2] == [
        "Harrow Mills",
        "Corvid Foods",
    ]


def test_who_is_moving_to_a_firm_to_head_a_part_of_it_is_the_one_who_heads() -> None:
    title = "Ms Quill will replace Bo Tarrow, who is moving to Corvid to head its European business"
    assert ("Corvid" in people(title), "Corvid" in orgs(title)) == (False, True)
