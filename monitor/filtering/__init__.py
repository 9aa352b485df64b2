"""The filter language: one table of parameters, one parser, for the command line, addresses, feeds, agents and saved searches.

As an address ``org=Meta&since=7d&amount>=5e9``, as words ``org:Meta since:7d amount>=5e9 "data center"``. All parameters given
must hold; of one given several times any suffices; what is no parameter is full text.
"""

from monitor.filtering.filter import (
    A_SEARCH_NAME,
    BY_NAME,
    KNOWN,
    MOST_NAMES,
    NOT_OF_EVENTS,
    NOT_OF_SUMS,
    PARAMETERS,
    SEARCH_NAME,
    Filter,
    Pair,
    Parameter,
    near,
    spelt,
)
from monitor.filtering.parse import Context, Watched, parse, severities, unfolded
from monitor.filtering.values import FIGURES, parse_number, parse_time
from monitor.filtering.words import read, write

__all__ = [
    "A_SEARCH_NAME",
    "BY_NAME",
    "FIGURES",
    "KNOWN",
    "MOST_NAMES",
    "NOT_OF_EVENTS",
    "NOT_OF_SUMS",
    "PARAMETERS",
    "SEARCH_NAME",
    "Context",
    "Filter",
    "Pair",
    "Parameter",
    "Watched",
    "near",
    "parse",
    "parse_number",
    "parse_time",
    "read",
    "severities",
    "spelt",
    "unfolded",
    "write",
]
