"""What a filing of the SEC is called once it is a story: the words the source writes and the classifier reads."""

from __future__ import annotations

OUTLET = "SEC EDGAR"
# Form 8-K, item 5.02: "Departure of Directors or Certain Officers; Election of Directors; Appointment of Certain Officers;
# Compensatory Arrangements of Certain Officers".
CHANGE_OF_OFFICERS = "5.02"
SAYS = "departure or appointment of directors or officers"


def title_of(company: str, form: str) -> str:
    """``Acme Corp: departure or appointment of directors or officers (8-K, item 5.02)``."""
    return f"{company}: {SAYS} ({form}, item {CHANGE_OF_OFFICERS})"


def company_of(title: str) -> str:
    """The company of a title made by ``title_of``; "" for any other title."""
    company, found, rest = title.rpartition(f": {SAYS} (")
    return company if found and rest.endswith(f", item {CHANGE_OF_OFFICERS})") else ""
