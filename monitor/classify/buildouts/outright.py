"""Headlines that say outright what is done: "Acme shelves 400 MW site", "Acme raises $2bn". The whole of it is a set phrase, so
that no weight of a summary that tells the old plan, or of the site that the money is for, speaks against it.

Of 772 read and written stories that the weights had not seen 106 have such a headline: it says the action of 102, the weights
that of 62 (the phrases were looked for in these stories, too, which flatters them).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from monitor.classify.buildouts.ends import BY_ITSELF, BY_SIDES, deal_ends
from monitor.classify.buildouts.facts import Facts
from monitor.classify.buildouts.stops import BOTH_STOP, OF_RULES, SITE, STOPPED, STOPPING, THE, firm_stops
from monitor.classify.words.guarded import Guards
from monitor.model import BuildoutAction

_SUM = (
    r"(?:(?:up to|as much as|more than|over|about|nearly|almost|at least|around|an?|another|additional|record|some|further|"
    r"extra|close to) ){0,3}(?:[A-Z]{0,3}[$€£¥₹]|(?:SEK|NOK|DKK|CHF|EUR|USD|Rs\.?|RM) ?)\d\S*"
    r"(?: ?(?:m|mn|b|bn|million|billion|trillion)\b)?"
)


class _Deed(NamedTuple):
    """``says``: whether a headline tells of the deed. It asks the ``patterns``, and each of their wordings holds one of the
    ``pieces``, in lower case."""

    action: BuildoutAction
    says: Callable[[str, Facts], bool]
    patterns: tuple[re.Pattern[str], ...]
    pieces: tuple[str, ...]


def _phrase(action: BuildoutAction, pattern: str, pieces: str) -> _Deed:
    compiled = re.compile(pattern, re.I)
    return _Deed(action, lambda title, _: compiled.search(title) is not None, (compiled,), _pieces(pieces))


def _pieces(written: str) -> tuple[str, ...]:
    return tuple(written.split("|"))


_OF_A_PLACE = r"(?:village|town|township|county|city|parish|borough|council)"
_NEIGHBOURS = r"(?:residents|neighbou?rs|families|farmers|ranchers|villagers|homeowners|locals|campaigners|activists)"
# Of what is bought these are used, and no site, firm or land: another deed, or a part of a firm.
_BOUGHT_TO_USE = (
    r"(?:stakes?|shares|stock|chips|GPUs|processors|accelerators|power|electricity|compute|computing|capacity|turbines?|servers?|"
    r"generators|batteries|reactors?|cloud|energy from|[MG]W|(?:mega|giga)watts?|debt|bonds?|loans?|notes|options?)"
)
# Votes are put off by who decides; a plant's start is of the deal for its power; a share slips, too.
_NO_SITE_SLIPS = (
    r".*\b(?:votes?|voting|decisions?|hearings?|rulings?|rezoning|rules|moratorium|restart|reactors?|nuclear|shares?|stocks?|revenue|margins?|"
    r"prices?|profits?|sales|deliver(?:y|ies)|talks|cancel\w*|scrap\w*)\b"
)
_TAX = r"tax (?:breaks?|exemptions?|abatements?|incentives?|credits?)\b"
# In the order to ask: the deed that a headline tells of another ("scraps leases", "raises $2bn to build").
_DEEDS = (
    _Deed(
        BuildoutAction.CANCEL,
        firm_stops,
        (STOPPING, BOTH_STOP, STOPPED),
        _pieces(
            "scrap|cancel|shelve|abandon|mothball|ditch|nix|axe|paus|halt|suspend|freez|frozen|walks away|backs |"
            "pulls |bows out|gives up|calls off|called off|stops |drops |withdraw|on hold|on ice|dead|ceases|"
            "terminate|rescind|scuttle|off the table|dropped |pulled |backed "
        ),
    ),
    _Deed(
        BuildoutAction.CANCEL,
        lambda title, _: deal_ends(title),
        (BY_SIDES, BY_ITSELF),
        _pieces(
            "call|scrap|cancel|terminat|abandon|ditch|nix|axe|rescind|end|exit|drop|withdraw|tear|torn|rip|walk|back|step|pull|bow|"
            "part|give|break|broke|loses|go|proceed|collapse|unravel|fall|fell|voted down|off|dead"
        ),
    ),
    _phrase(
        BuildoutAction.POWER_DEAL,  # though somebody permits it
        r"\b(?:clears?|approves?|approved|grants?) (?:[^\s,;:?]+ ){0,6}?(?:connection|substation|"
        r"transmission line)\b|"
        r"\b(?:signs?|inks?|secures?|extends?|expands?|enlarges?|lands|wins|strikes?|announces?|clinches|seals) "
        r"(?:[^\s,;:?]+ ){0,6}?(?:(?:power|electricity|energy|fuel cell|nuclear|solar|wind|geothermal|hydro(?:power)?) "
        r"(?:(?:supply|purchase|power) )?(?:agreements?|deals?|contracts?|pacts?)|PPAs?)\b|"
        r"\b(?:deal|agreement|pact|contract|signs|inks|agrees) (?:[^\s,;:?]+ ){0,5}?(?:to|for) power(?:ing)? (?!over\b)|"
        r"^(?:[\w.]+ )?(?:utilit(?:y|ies)|power (?:firms?|compan(?:y|ies)|producers?)) (?:[\w-]+ ){0,2}?"
        r"(?:secures?|signs?|lands?|inks?) (?:[^\s,;:?]+ ){0,5}?(?:supply|power) (?:agreements?|deals?|contracts?)\b|"
        r"\b(?:to build|builds|plans|planning) (?:\S+ ){0,4}?(?:power|gas|LNG|nuclear|solar|wind)[ -]?(?:\w+ )?"
        r"(?:plant|farm|station)s? (?:[^\s,;:?]+ ){0,4}?(?:for|to (?:support|power|serve|supply|feed|run)) "
        r"(?:[^\s,;:?]+ ){0,4}?(?:AI\b|data ?cent|server|campus)|"
        r"\b(?:ERCOT|PJM|MISO|SPP|CAISO|grid) (?:approval|nod|go-ahead|clearance)\b",
        "connection|substation|transmission line|ercot |pjm |miso |spp |caiso |grid |supply|purchase|power|gas|lng|nuclear|"
        "solar|wind|electricity|energy|fuel cell|geothermal|hydro|ppa",
    ),
    _phrase(
        BuildoutAction.POLICY,
        rf"\b(?:pauses?|suspends?|halts?|hits? pause on|scraps?|ends?|repeals?|nix(?:es)?|axes|vetoes|freezes?) "
        rf"{THE}{OF_RULES}|"
        rf"\b(?:receives?|gets?|wins?|granted|lands|secures?|awarded|approves?|approved|offers?) {THE}{_TAX}|"
        r"\b(?:gets?|wins?|secures?|receives?|granted) (?:[\w-]+ ){0,3}?"
        r"(?:permits?|consent|licen[cs]es?|preliminary approval|(?:planning )?nod|planning (?:approval|permission)|"
        r"zoning (?:nod|approval|change))\b|"
        rf"^(?:The )?(?:[\w’'-]+ ){{0,3}}?{_OF_A_PLACE}(?: of [\w’'-]+)? (?:hits|presses) pause\b|"
        r"\b(?:approved|passed|adopted|greenlit) (?:\w+ly )?(?:by|in) (?:[\w.’'-]+ ){0,4}?"
        r"(?:councils?|councillors|commission\w*|board|supervisors|county|town|city|village|township|"
        r"senate|house|lawmakers|legislature|planners)\b|"
        r"\b(?:FERC|PUC|PSC|(?:energy|utility|federal) regulators?) (?:[\w-]+ ){0,2}?(?:denies|deny|rejects?|blocks?)\b|"
        r"\b(?:Air Force|Army|Navy|Pentagon|DOE|Department|Ministry|government|county|city|council|authority) "
        r"(?:issues?|invites?|launches) (?:[^\s,;:?]+ ){0,3}?(?:RF[PI]|requests? for|applications|proposals|bids|tenders?)\b|"
        r"\b(?:waves|nods) through\b|\bdraws? (?:[\w-]+ ){0,3}?(?:notices?|violations?|citations?)\b|"
        rf"\b{OF_RULES} (?:[\w-]+ ){{0,2}}?(?:lapses?|expires?|dies)\b",
        "paus|halt|scrap|end |ends |repeal|nix|axes|vetoes|freeze|tax |permit|consent|licen|approval|nod|"
        "permission|zoning| through|notice|violation|citation|lapse|expire|dies|approved|passed|adopted|greenlit|"
        "denies|deny|reject|block|rfp|rfi|request|application|proposal|bids|tender",
    ),
    _phrase(
        BuildoutAction.OPPOSE,
        r"\b(?:faces|facing|sparks|sparking|draws|drawing|meets|met with|triggers|triggering|stirs|runs into|prompts) "
        r"(?:[\w-]+ ){0,3}?(?:backlash|pushback|opposition|protests?|outcry|revolt|resistance|anger|fury|uproar)\b|"
        rf"^(?:[\w’'-]+ ){{0,4}}?(?:group|club|coalition|alliance|{_NEIGHBOURS}) "
        r"(?:appeals?|challenges?|sues?|ask|urge|demand|beg|plead|petition|go(?:es)? to court over|"
        r"takes? (?:[\w’'-]+ ){1,4}to court)\b|"
        r"\bdivides (?:[\w’'-]+ ){0,3}(?:villag\w+|residents|neighbou?rs|towns?|locals|communit\w+|council|voters)\b",
        "backlash|pushback|opposition|protest|outcry|revolt|resistance|anger|fury|uproar|appeal|challenge|sue|ask|"
        "urge|demand|beg|plead|petition|court|divides",
    ),
    _phrase(
        BuildoutAction.POLICY,  # whoever is for it or against it
        r"^(?!.*\b(?:sues?|lawsuit|court|judge|protest\w*|residents|neighbou?rs|activists|campaigners|opponents|groups?)\b)"
        r".*\bmoratori(?:um|a)\b",
        "moratori",
    ),
    _phrase(
        BuildoutAction.FINANCE,
        rf"\b(?:raises?|raised|borrows?|borrowed|(?:to|could|may|will) (?:raise|borrow)|raising|borrowing) {_SUM}|"
        rf"\b(?:secures?|gets?|closes?|closed|lands?|seeks?|nears?|lines up|obtains|arranges|wins|inks|lends|locks in|"
        rf"signs) {_SUM}"
        r"(?: [\w-]+){0,4} (?:loans?|financing|funding|bonds?|debt|credit|notes|float|round)\b|"
        rf"\b(?:seeking|seeks) {_SUM} (?:[\w-]+ ){{0,3}}?(?:for|to (?:fund|finance|build))\b",
        "rais|seek|borrow|loan|financing|funding|bond|debt|credit|note|float|round",
    ),
    _phrase(
        BuildoutAction.ACQUIRE,
        r"\b(?:seeks? buyers?|puts? (?:[^\s,;:?]+ ){1,6}up for sale|(?:explor\w+|weighs?|weighing|mulls|consider(?:s|ing)?) "
        r"(?:(?:a|the) )?(?:sale of|selling))\b(?!.*\b(?:loans?|debt|bonds?|power|electricity|chips)\b)",
        "buyer|up for sale|sale of|selling",
    ),
    _phrase(
        BuildoutAction.OTHER,  # what happens to it: nobody's deed
        r"\b(?:fire|blaze|explosion) (?:at|guts|hits|destroys|damages|shuts|breaks out|kills)\b|\bcatch(?:es)? fire\b|"
        r"\bfiles for (?:chapter 11|bankruptcy)\b|"
        r"\b(?:crane|roof|wall|scaffold\w*) collapses?\b|\b(?:puts?|files?|slaps?|places?) (?:[\w$.-]+ ){0,2}?liens? on\b",
        "fire|blaze|explosion|chapter 11|bankruptcy|collapse|lien",
    ),
    _phrase(
        BuildoutAction.OTHER,  # what comes later is neither begun nor given up
        rf"^(?!{_NO_SITE_SLIPS}).*?(?:(?:\b(?:{SITE}|phase|construction)|\d ?[MG]W\b).*\bslip(?:s|ped)?|"
        r"\bslip(?:s|ped)? (?:\w+ ){0,4}?(?:20[2-4]\d|quarter|months?|years?))\b|"
        rf"^(?!{_NO_SITE_SLIPS}).*?\b(?:delays|postpones|pushes back|puts off) {THE}{SITE}",
        "slip|delays|postpones|pushes back|puts off",
    ),
    _phrase(
        BuildoutAction.ACQUIRE,
        r"\b(?<!aims )(?<!not )(?:acquires|agree[sd]? to (?:buy|acquire)|to acquire|"
        r"(?:talks|deal|set|plans|offers?|bids?|poised) to (?:buy|acquire)|"
        r"(?:completes?|closes|clinches|seals|wraps up) (?:\S+ ){0,3}?(?:acquisition|purchase|takeover|buyout) of)\b"
        rf"(?! (?:[^\s,;:?]+ ){{0,5}}?{_BOUGHT_TO_USE}\b)",
        "acquire|to buy|acquisition|purchase|takeover|buyout",
    ),
    _phrase(
        BuildoutAction.ACQUIRE,
        r"\b(?:lands|secures|snaps up|buys|acquires|purchases) (?:(?!more\b)[^\s,;:?]+ ){0,2}?"
        r"\d[\d,.]*[ -](?:acres?|hectares)\b",
        "acre|hectare",
    ),
    _phrase(
        BuildoutAction.INVEST,
        r"\b(?:spending|capex|outlays?) (?:swells?|soars?|balloons?|surges?|climbs?)\b",
        "swell|soar|balloon|surge|climb",
    ),
    _phrase(
        BuildoutAction.INVEST,
        rf"\bminority (?:equity )?stake\b|\b(?:pencils in|earmarks|sets aside|budgets) {_SUM}",
        "minority|pencils in|earmarks|sets aside|budgets",
    ),
    _phrase(
        BuildoutAction.ACQUIRE,
        r"\b(?:lets go of|parts with|offloads|unloads)\b"
        r"(?! (?:[^\s,;:?]+ ){0,3}?(?:jobs|staff|workers|chips|GPUs|shares|debt|loans?|bonds?|stake|chief|CEO|executives?)\b)",
        "lets go of|parts with|offloads|unloads",
    ),
    _phrase(
        BuildoutAction.LEASE,
        r"(?<!scraps )(?<!cancels )(?<!drops )\b(?:pre-?)?leases (?:out )?(?:[^\s,;:?]+ ){0,4}?"
        r"(?:MW|megawatts|hall|campus|site|space)\b",
        "leases",
    ),
    _phrase(
        BuildoutAction.LEASE,
        r"\b(?:signs?|secures?|wins?|lands?|inks?|locks(?: in)?|announces?|strikes?) (?:[^\s,;:?]+ ){0,5}?"
        r"(?:customer|hyperscaler?|tenant|lease|leasing|colocation) (?:\w+ )?(?:contract|deal|agreement|lease|win)\b",
        "customer |hyperscale|tenant |leas|colocation ",
    ),
    _phrase(  # GPUs are leased in a deal for compute
        BuildoutAction.LEASE,
        r"\b(?:signs?|inks?|secures?|wins?|lands?|locks in|announces?|strikes?|clinches|seals) "
        r"(?:(?!(?:GPUs?|chips?|scraps?|loan|financing)\b)[^;:?]){0,60}?(?<!GPU )(?<!chip )"
        r"\blease\b(?! (?:financing|debt|bonds?|notes))",
        "lease",
    ),
    _phrase(
        BuildoutAction.COMPUTE_DEAL,
        r"\b(?:signs?|inks?|secures?|lands?|wins?|strikes?|expands?|extends?|books?) (?:[^\s,;:?]+ ){0,7}?"
        r"(?:compute|cloud|GPU|AI (?:infrastructure|capacity)) (?:(?:services|supply|capacity|computing|infrastructure|rental) )?"
        r"(?:agreements?|deals?|contracts?|pacts?|commitments?)\b",
        "compute|cloud|gpu|ai ",
    ),
    _phrase(
        BuildoutAction.COMPUTE_DEAL,
        rf"\b(?:commits?|pledges?|commits? to spend(?:ing)?|to spend|will spend|spending) {_SUM}(?: \w+){{0,3}} "
        r"(?:with|to|at) (?:CoreWeave|Nebius|Oracle|AWS|Azure|Google Cloud|Lambda|Crusoe|Nscale|Microsoft Azure)\b",
        "coreweave|nebius|oracle|aws|azure|google cloud|lambda|crusoe|nscale",
    ),
    _phrase(
        BuildoutAction.POWER_DEAL,
        r"\b(?:buys?|orders?|ordered|bought|acquires|delivers?|supply|supplies|adds?|installs?|trucks in) (?:[^\s,;:?]+ ){0,5}?"
        r"(?:turbines|generators|fuel cells|gas engines)\b|"
        r"\b(?:taps|signs up|buys) (?:[^\s,;:?]+ ){0,3}?(?:(?:hydro|nuclear|solar|wind|gas) (?:plant|farm|power)|hydropower|"
        r"geothermal|(?:small |modular )?reactors?)\b.{0,30}\bfor\b.{0,24}\b(?:data ?cent|AI\b|campus)|"
        r"\b(?:funds?|backs?|bankrolls?|finances?) (?:[^\s,;:?]+ ){0,4}?(?:geothermal|nuclear|solar|wind|gas|fusion|hydro) "
        r"(?:[\w-]+ )?(?:plants?|farms?|projects?|reactors?|campus)\b|"
        r"\bturbine(?: slots?|s| orders?| maker [\w.-]+)\b.{0,20}\b(?:gone|sold out|sells out|booked (?:up|out|through))\b|"
        r"\b(?:sold|sells) out of (?:[\w-]+ ){0,2}turbines\b|"
        r"\bgrid (?:offers?|connections?|slots?|hook-?ups?|places?) (?:goes|go) to\b|"
        r"\b(?:wins?|gets?|lands?|secures?|awarded) (?:[\w.-]+ ){0,4}?grid (?:connection|offer|slot|hook-?up)\b|"
        r"\b(?:jostle|vie|compete|scramble|jockey)s? for (?:[\w-]+ ){0,2}?(?:power|electricity|turbines|megawatts|grid)\b",
        "turbine|generators|fuel cells|gas |hydro|nuclear|solar|wind |geothermal|reactor|fusion|grid |jostle|vie for|"
        "vies for|compete|scramble|jockey",
    ),
    _phrase(
        BuildoutAction.OPEN,
        r"\b(?:opens|inaugurates|energi[sz]es|switches on|powers up|fires up|turns on|brings online|cuts (?:the )?ribbon on) "
        rf"(?!(?:bid|door|tender|talks|probe|up)){THE}{SITE}"
        r"(?! (?:bid|tender|probe|hearing|floodgates|bond|market|debate))|"
        r"^(?:(?!\b(?:until|before|when|once|if|after|could|to)\b).)*?"
        r"\b(?:(?:goes|go) (?:live|online|into (?:service|operation))|"
        r"(?:enters?|begins?|starts?) (?:service|operations?|(?:risk|mass|volume|pilot|trial|commercial) production)|"
        r"comes? (?:online|on ?stream)|powers up$|(?:starts? to )?boots? up|is (?:now )?(?:live|up and running))\b|"
        r"\b(?:announces?|announced|celebrates) (?:the )?completion of\b"
        r"(?!.*\b(?:loans?|financing|acquisition|sale|merger|deal|offering|bonds?|notes|purchase|study)\b)|"
        r"\blaunch(?:es|ed) (?!(?:bid|plans?|fund|construction|work|search|talks|review|probe)\b)(?:[\w.,-]+ ){0,5}?"
        r"(?:data ?cent(?:er|re)s?|datacent(?:er|re)s?|cloud region|supercomputer)"
        r"(?: (?:facility|campus))?(?= in\b| at\b| near\b|$)",
        "opens|inaugurates|energi|switches on|powers up|fires up|turns on|ribbon on| live|online|"
        "service|operation|production|stream| running|boot|completion|launch",
    ),
    _phrase(
        BuildoutAction.BUILD,
        r"(?<!to )\b(?:breaks?|broke|breaking) ground (?:on|in|at|for|near)\b|"
        rf"\b(?:resumes|revives) {THE}(?:work|construction|data ?cent(?:er|re)s?|campus|fabs?)\b(?!.*\bnuclear\b)|"
        r"\b(?:begins|starts) pouring\b|\btops out\b|"
        r"\b(?:picks|names|chooses|selects) (?:(?:its|a|the) )(?:\w+ )?(?:builder|contractor|developer)\b",
        "ground|resumes|revives|pouring|tops out|builder|contractor|developer",
    ),
    _phrase(
        BuildoutAction.EXPAND,
        r"\b(?:ups|boosts|hikes|tops up|doubles|triples) (?:[^\s,;:?]+ ){0,3}?(?:pledge|commitment)\b|\bin talks to expand\b|"
        r"\b(?:eyes|seeks|wants|buys) (?:[\w.,]+ ){0,2}?more (?:acres|hectares|land|MW|megawatts|halls|space|room)\b",
        "pledge|commitment|in talks to expand|more ",
    ),
    _phrase(BuildoutAction.INVEST, rf"\binvest(?:s|ing)? {_SUM}(?: more)? to (?:build|expand|develop|boost)\b", "invest"),
)


_HELD = Guards(*[deed.pieces for deed in _DEEDS])


def outright(facts: Facts) -> BuildoutAction | None:
    """The action that the headline says in a set phrase; None where it says none so."""
    title = facts.document.title
    return next((deed.action for deed in (_DEEDS[n] for n in _HELD.held(title)) if deed.says(title, facts)), None)
