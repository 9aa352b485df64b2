"""Sites that a firm names by a code or a number, and machines by their names."""

from __future__ import annotations

import pytest

from tests.classify.buildouts.test_infrastructure import reading


@pytest.mark.parametrize(
    ("title", "summary", "project"),
    [
        ("Osprey switches on its QL7 data center in Kenya", "", "QL7"),
        ("Osprey raises A$1bn for Sydney", "It will pay for the S4 data centre.", "S4"),
        ("Osprey signs contract in Melbourne", "It takes 40 MW at the M4 Melbourne facility.", "M4"),
        ("Osprey to add a data center in Quillsby", "It told of QSBY-04; a new, 21MW facility.", "QSBY-04"),
        ("Osprey opens in Accra", "It opened ACR3, a carrier-neutral facility of 2 MW, on Monday.", "ACR3"),
        ("Osprey starts work in Quillsby", "QSB2 will be a three-hall, 90MW campus.", "QSB2"),
        ("Osprey opens data center (SIN5) in Singapore", "", "SIN5"),
        ("Corvid buys Osprey's P5 Fab", "", "P5"),
        ("Osprey signs lease", "It is for 300MW at its Quill Forge 2 data centre.", "Quill Forge 2"),
        ("Osprey Opens Quillsby 3 Data Center in Norway", "", "Quillsby 3"),
        ("Kairos' Hermes 2 reactor to power data centers", "", "Hermes 2"),
        ("China's Lingsheng supercomputer has no GPUs", "", "Lingsheng"),
        ("Osprey has a data center near Nairobi", "The data center, dubbed Rookery, lies north of the city.", "Rookery"),
    ],
)
def test_what_a_site_is_called_by_its_code_or_number(title: str, summary: str, project: str) -> None:
    assert reading(title, summary).buildout.project == project


@pytest.mark.parametrize(
    "title",
    [
        "Osprey adds H100 cluster at its data center in Ohio",
        "Osprey puts GB200 data center in Ohio",
        "Osprey's Q4 data center revenue doubles",
        "Osprey tells of COP30 data center pledge",
        "Osprey's HBM4 fab in Ohio is late",
        "Osprey to build Phase 2 data center in Ohio",
        "Osprey starts on Building 3 facility in Ohio",
        "The Nvidia supercomputer in Ohio is running",
        "Thieves hit China's Tianjin Supercomputer Center",
        "Osprey's High Impact Development Project has a data center in Ohio",
        "Osprey calls for Manhattan Project of data centers in Ohio",
    ],
)
def test_a_chip_a_quarter_a_phase_and_a_firm_name_no_site(title: str) -> None:
    assert reading(title).buildout.project == ""
