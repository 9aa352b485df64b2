"""What many events come to: who goes from where to where, what is built for how much, and both for one organisation.

Each event counts once, however many stories told it; what was denied counts for nothing unless it is asked for; a figure
told again of the same project counts once. ``Names`` brings the spellings of one organisation together.

``talent``          ``flows``: moves from one organisation to another, and the balance of each
``moves``           ``moves``: who moved, one by one
``buildouts``       ``totals``: dollars and megawatts, by organisation, project, month and stage
``organisations``   ``organisation``: both of one, with its newest events
``standings``       ``standings``: both of every organisation, in one line each
"""

from monitor.summaries.buildouts import Sum, Totals, told_before, totals
from monitor.summaries.moves import Moved, moves
from monitor.summaries.organisations import Month, Organisation, namesakes, organisation
from monitor.summaries.standings import Standing, standings, standings_page
from monitor.summaries.talent import Balance, Flow, Flows, Names, flows

__all__ = [
    "Balance",
    "Flow",
    "Flows",
    "Month",
    "Moved",
    "Names",
    "Organisation",
    "Standing",
    "Sum",
    "Totals",
    "flows",
    "moves",
    "namesakes",
    "organisation",
    "standings",
    "standings_page",
    "told_before",
    "totals",
]
