"""What a site, a cable or a programme is called by its own name."""

from __future__ import annotations

import pytest

from tests.classify.buildouts.test_infrastructure import reading


@pytest.mark.parametrize(
    ("title", "summary", "project"),
    [
        ("Osprey breaks ground in Texas", "It builds a data center in Quill Falls, Texas, called OSX01.", "OSX01"),
        ("Osprey starts on Sydney campus", "Dubbed Rookery East, it will have 320 megawatts of capacity.", "Rookery East"),
        ("Osprey and Corvid sign for a cable", "They build a submarine cable system called Quill Link.", "Quill Link"),
        ("Osprey lands 2Africa subsea cable at Quillsby", "", "2Africa"),
        ("Osprey to lay the Quillwave subsea cable to Chile", "", "Quillwave"),
        ("Osprey's Vexel submarine cable comes ashore", "", "Vexel"),
        ("Project Quill Is Being Built Anyway as Data Center Foes Lose", "", "Project Quill"),
        ("Project Quill Gains Approval for Data Center", "", "Project Quill"),
        ("Osprey breaks ground in Isando", "It will add 40MW to its data center at QB7.", "QB7"),
        ("Osprey signs for another reactor", "Vexel 3 would put 140 MW on the grid for data centers.", "Vexel 3"),
    ],
)
def test_a_name_of_its_own(title: str, summary: str, project: str) -> None:
    assert reading(title, summary).buildout.project == project


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Osprey to lay a Pacific subsea cable to Chile", ""),
        ("Osprey's Red Sea subsea cable is cut", ""),
        ("Chinese submarine cable is cut off Taiwan", ""),
        ("Another undersea cable is damaged by a ship", ""),
        ("Osprey's Data Center Project to Cost $2 Billion", ""),
        ("Officials visit data center", "The mayor of the town near the data center in Ohio called Microsoft on Monday."),
    ],
)
def test_a_sea_a_people_and_a_firm_are_no_project(title: str, summary: str) -> None:
    assert reading(title, summary).buildout.project == ""
