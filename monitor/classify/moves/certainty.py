"""What else says how sure a move is: by whom a story has it, whom it names as likely, what its summary has denied."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from monitor.classify.words.document import Document
from monitor.classify.words.guarded import Guarded

_OF_THE_PRESS = (
    r"(?:Times|Journal|Post|Herald|Tribune|Chronicle|Gazette|Telegraph|Guardian|Observer|Independent|Mail|Insider|Examiner|"
    r"Inquirer|Zeitung|Magazine|News|Record|Ledger|Weekly|Daily|Monthly)"
)
_ONE_WORD = (
    r"Bloomberg|Reuters|Nikkei|Axios|Politico|Semafor|Puck|Gizmodo|Engadget|Recode|Handelsblatt|Kommersant|Spiegel|Folha|Yonhap|"
    r"Kyodo|Xinhua|Caixin|LatePost|Globes|Calcalist|Variety|Deadline|Fortune|Forbes|Wired|Digi[Tt]imes|Moneycontrol|Adweek|"
    r"TechCrunch|VentureBeat|Mashable|CNBC|CNN|BBC|WSJ|NYT|FT|ET|AFP|AP|PTI|dpa|Barron['’]s"
)
_SEVERAL_WORDS = (
    r"(?:The |the )(?:Information|Verge|Wall Street Journal|Economist|Register|Athletic)|Wall Street Journal|Sky News|"
    r"Il Sole(?: 24 Ore)?|Les Echos|Le Monde|Le Figaro|El Pa[ií]s|Der Spiegel|El (?:Confidencial|Mundo|Economista)|La "
    r"(?:Repubblica|Stampa|Vanguardia)|"
    r"Corriere della Sera|"
    r"S[uü]ddeutsche Zeitung|Frankfurter Allgemeine(?: Zeitung)?|Fox Business|Nikkei Asia|"
    r"Business(?:[Ww]eek| Week| Standard| Line)|Manager Magazin|Financial Times|Press Association|Associated Press"
)
# Its letters are as written, for "post", "news" and "fortune" are words as well.
_OUTLET = (
    rf"(?-i:(?:[Tt]he )?(?:{_SEVERAL_WORDS}|{_ONE_WORD}|(?:[A-ZÀ-Þ][\w&'’.-]+ ){{1,4}}{_OF_THE_PRESS}|(?<=[Tt]he )"
    rf"(?:{_OF_THE_PRESS}))\b(?!['’]))"
)
_MANY = r"(?:two|three|four|five|six|several|some|multiple|the|former|current|one of the|other)"
_PEOPLE = (
    r"(?:sources?|people|persons?|insiders?|officials|bankers|traders|lawyers|headhunters|(?:former )?(?:employees|"
    r"staffers|colleagues|executives))"
)
_GOES = r"(?:\w+ly |also |now |soon |to |be |been |being |has |have |had |is |was |on |set |about )"
_CHANGES = (
    r"(?:leav|left|quit|depart|resign|step|exit|go(?:ing|es|ne)?\b|join|hir|nam|tap|poach|recruit|appoint|replac|succe|oust|fire|"
    r"sack|plan|consider|weigh|think|inform|told|tell|lin(?:ed|ing) up|(?:his|her|their|its) way out|out\b|return|take|took|"
    r"become|pick|choos|chose|los(?:es|ing|t)\b|appoint|promot|elevat|mov(?:es|ed|ing)\b|head(?:s|ed|ing)\b|seek|search|in talks)"
)
_BY_OTHERS = Guarded(
    rf"\b(?:according to (?:a |an )?(?:{_OUTLET}|(?:[\w-]+ ){{0,2}}(?:newspaper|magazine|sources?|insiders?|(?:media|press|news) "
    rf"reports?)\b)|(?:first |as |was )reported by (?:the )?{_OUTLET}|(?:, |[;–—-] )reports {_OUTLET}(?=[^\w]*(?:$|[.] ))|"
    rf", per {_OUTLET}|\b(?:sources|insiders|bankers|people|officials|reports) say\W*$|"
    rf"{_OUTLET}(?: (?:has|had|first|also))? (?:reports|reported|understands)\b(?! (?:its|a|an|that its|on its)\b)|"
    rf"{_OUTLET}(?:(?: (?:has|had|first))? reveal(?:s|ed) that| is reporting)\b|"
    rf"according to (?:{_MANY} |a )?{_PEOPLE}\b|"
    r"\ba (?:\w+ )?report (?:from|by|in) (?:the )?(?-i:[A-Z])[\w.&’' ]{1,30}? (?:reveals?|says|said|claims?|suggests?)\b|"
    r"(?:according to|as per|per) (?:a |the )(?:(?:recent|new|fresh|latest|separate|media|news|press|\w+day) ){0,2}reports?\b|"
    rf"[,–—-] ?(?:the )?{_OUTLET} (?:says|said)(?: (?:on )?\w+day)?\W*(?:$|[.] )|"
    r"[,;] (?!(?:the )?(?:company|group|firm|bank|it|he|she|they|which|who) )(?:[\w&'’-]+ ){1,4}reports[.](?: |$)|"
    rf"sources? (?:told|tells?)\b|(?:{_MANY} ){_PEOPLE} (?:who (?:\w+ ){{1,5}}?)?(?:said|say|told)\b|[,–—-]? ?\bsays? "
    rf"(?:sources?|insiders?|bankers|people|"
    rf"reports?|media)\b(?! (?:chief|head|boss|director))|reportedly {_GOES}{{0,4}}{_CHANGES}|"
    r"(?:is|are|was|were) understood to (?:be |have )|sky news has learnt\b)",
    *(
        "according to",
        "report",
        "source",
        "people",
        "person",
        "insider",
        "official",
        "bankers",
        "traders",
        "lawyers",
        "headhunter",
    ),
    *("say media", "says media"),
    *("employees", "staffers", "colleagues", "executives", "understands", "understood to", " per ", " says", " said", "learnt"),
    "reveal",
)


def by_others(text: str) -> bool:
    """Whether a text has its news of people it does not name, or of another outlet: "…, two bankers said", "Corvid Times
    reports"."""
    return _BY_OTHERS.search(text) is not None


_TURNS = (
    r"(?:be|become|replace|succeed|leave|join|hire|name|appoint|oust|lose|lead|run|exit|resign|step|tap|poach|recruit|bring|"
    r"return|"
    r"head|move|quit|depart|remove)\b"
)
# What a summary says of somebody in so many words is only wished for or likely, whatever its headline makes of it.
_LIKELY = Guarded(
    rf"\b(?:(?:looks?|is looking|are looking) to {_TURNS}|(?:is|are) (?:said to be |understood to be )?(?:close to being|in "
    rf"talks to|"
    rf"(?:being )?(?:considered|tipped|touted)|(?:the |a |among the )?(?:leading |top |possible )?(?:candidates?|contenders?|"
    rf"front-?"
    rf"runners?)) |candidates (?:such as|including|like) |"
    r"(?:may|might|could) (?:be )?(?:considered|in line|in the frame|among the)\b|as the (?:leading|top) "
    rf"candidate\b|"
    rf"wants? (?:[\w.&'’-]+ ){{1,5}}(?:out|gone|removed|ousted)\b|remains? in the (?:frame|running)\b|"
    r"speculation that (?:[\w.&'’-]+ ){1,6}(?:will|would|may|might|could)\b)",
    *("to ", "tipped", "touted", "candidate", "contender", "runner", "in line", "in the ", "among the", "considered", "wants "),
    *("want ", "speculation"),
)
_QUELLED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|quash(?:es|ed|ing)?) "
    r"(?:an? |the |any |all |that )?(?:\w+ )?(?:rumou?rs?|reports?|speculation)\b",
    re.I,
)
# What a firm says itself of a move is confirmed, whoever else had it before: "announced on Tuesday that …", "according to a
# filing". What it was to announce, or announced in a clause about somebody's past, is none of that.
_OF_A_MOVE = (
    r"(?:appoint|nam(?:ed|ing)|hir(?:ed|ing)|promot|elevat|elect|succe|replac|resign|retire|depart|exit|leav|left|join|step|"
    r"transition|quit|take over|taking over|become|chief|ceo|cfo|coo|cto|president|chair)"
)
_OWN_WORD = Guarded(
    rf"(?<!\bbe )(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bto )(?<!\bnot )(?<!n['’]t )(?<!\bwho )(?<!\byet )"
    rf"\bannounc(?:ed|es|ing)\b[^;]{{0,90}}?\b{_OF_A_MOVE}|"
    r"\baccording to (?:an? |the |its |his |her )?(?:[\w’'-]+ ){0,4}?"
    r"(?:filing|statement|announcement|press release|disclosure)\b|"
    r"\bin (?:an? |the |its )(?:[\w-]+ ){0,3}?(?:filing|press release)\b|"
    r"(?<!\bhe )(?<!\bshe )\bsaid (?:on |late |early )*(?-i:[MTWFS])[a-z]+day,? (?:that )?(?:it|its|the|chief|ceo)\b|"
    r"\b(?:company|firm|bank|group|lab|start-?up|(?-i:[A-Z])[\w&.]+) (?:has |have |also |later |since )?confirm(?:s|ed)\b",
    *("announc", "filing", "statement", "press release", "disclosure", "confirm", "said "),
)
_NO_FIRM = re.compile(
    r"\b(?:(?:sources?|people|persons?|insiders?|reports?|reporters?|not|declined to|could not|yet to) "
    r"(?:has |have |also |later |since )?confirm|(?:sources?|people|persons?|insiders?|employees) (?:\w+ ){0,6}?said\b)|"
    r"n['’]t (?:yet )?confirm",
    re.I,
)
_READ = 4  # sentences of a summary
_SHORTEST, _FIRST = 3, 3  # letters of a name, and sentences of a summary
_POSTS = r"(?:ceo|cfo|coo|cto|chief|chair\w*|president|head|boss|director|leader)\b"
# What a headline says is near, or only talked of.
_NEAR = Guarded(
    r"\bon (?:the )?(?:brink|verge) of (?:(?:being )?(?:named|appointed|hired|ousted|fired|replaced|promoted)|naming|appointing|"
    r"hiring|ousting|replacing|losing)\b|"
    r"\b(?:could|may|might) (?:soon )?(?:announce|unveil|pick|choose|get|have|find) (?:an? |its |their )?(?:new|next|permanent) "
    rf"(?:\w+ ){{0,2}}?{_POSTS}|"
    r"\bnegotiat(?:es?|ing) (?:[\w$£€.’'-]+ ){0,4}?(?:exit|departure|resignation|severance)\b|"
    r"\bwants (?:[\w.&'’-]+ ){1,6}?to (?:head|run|lead|succeed|replace|chair|take over)\b|"
    r"\b(?:weigh|mull|consider)(?:s|ing)? (?:an? |early )?(?:\w+ )?(?:offers?|jump|switch|successors?|replacements?)\b|"
    r"\b(?:may|might|could) follow\b|\bamong (?:the )?names (?:floated|mooted|mentioned)\b|"
    r"\bey(?:es|eing) (?:the |an )?exit\b",
    *("brink of", "verge of", "could ", "may ", "might ", "negotiat", "wants ", "weigh", "mull", "consider", "among "),
    *("eyes ", "eyeing "),
)
_STAYS = Guarded(
    r"\bconfirm(?:s|ed) (?:that )?(?:[\w.&'’-]+ ){1,6}?(?:remains?|stays?|continues?) (?:on )?"
    r"(?:as|in (?:his|her|the) (?:role|post|job))\b|"
    r"\bwill not,? after all\b|\bnot on (?:his|her|their) way out\b|\bno plans? to (?:replace|oust|remove)\b|"
    r"\b(?:rejects|rejected|denies|denied) (?:an? |the )?reports? that [^;]{1,60}?\b(?:will|to) (?:go|leave|quit)\b|"
    r"\bloses (?:\w+ )?(?:bid|fight|battle) for (?:an? )?(?:\w+ )?(?:board )?seats?\b|"
    r"\b(?:has|have) not been (?:hired|named|appointed|dismissed|fired)\b",
    *("confirms ", "confirmed ", "will not", "not on ", "no plan", "reject", "denie", "loses ", " not been "),
)
# What a summary says of somebody in so many words, and not for a while only.
_STAYS_PUT = Guarded(
    r"\b(?:(?:has|have|had) not (?:resigned|quit|stepped down|been (?:dismissed|fired|sacked|ousted|replaced))|"
    r"(?:is|are|was) not (?:leaving|resigning|quitting|stepping down|going anywhere)|(?:remains|continues) (?:on )?"
    r"(?:as (?:the |its )?(?:ceo|chief|president|chair\w*|head|managing)|in (?:his|her|the) (?:role|post|job)))\b"
    r"(?![^.;]{0,60}\b(?:until|through|while|during|for now|but|successor|from (?:the|its|his|her) board)\b)",
    *(" not ", "remains ", "continues "),
)
_OF_A_MOVE = (
    r"(?:leav(?:e|es|ing)|step(?:s|ped|ping)? (?:down|aside)|resign\w*|quit\w*|depart\w*|exit\w*|replac\w*|oust\w*|fir(?:e|ed|"
    r"ing)|sack\w*|remov\w*|retir\w*|successor|looking for|search\w*)\b"
)
# The whole story is of a denial where its first sentence begins with one: "Corvid has denied that its chief, …, is to leave".
_BEGINS_DENYING = re.compile(
    r"(?:(?:(?:Inc|Corp|Co|Ltd)\.|[\w&'’-]+(?:\.\w+)*),? ){1,10}?(?:(?:has|have) )?(?:\w+ly )?(?:on \w+day )?"
    rf"(?:denied|denies)(?: on)?(?: \w+day)? (?:that |(?:the |any |media |press )*(?:reports?|rumou?rs?|speculation|claims?)\b)"
    rf"[^.;]*?\b{_OF_A_MOVE}",
    re.I,
)


_ALLEGED = re.compile(
    r"\b(?:would|could|might|was (?:about|set|going) to|had|has) (?:[a-z]+ ){0,2}?"
    r"(?:resign|quit|leave|step down|depart|stand down|go|resigned|left)\b|"
    r"\b(?:rumou?rs?|speculation|reports? (?:that|of|had|in)|reported (?:that )?(?:he|she))\b",
    re.I,
)


def near(title: str) -> bool:
    """Whether a headline tells of a move that is near, or only talked of: "on verge of being named", "could announce new CEO"."""
    return _NEAR.search(title) is not None


def stays(text: str) -> bool:
    """Whether a move is said not to be: "confirms Ada Quill remains as chief executive", "will not, after all, run Osprey"."""
    return _STAYS.search(text) is not None


def stays_put(document: Document, who: str) -> bool:
    """Whether one of the first sentences of a summary says that ``who`` stays, where another has it that he goes: "Ada Quill has
    not resigned", "a newspaper reported that she would quit"."""
    told = _told(document)[:_FIRST]
    return any(_is_named(who, said) and _STAYS_PUT.search(said) for said in told) and _ALLEGED.search(" ".join(told)) is not None


def begins_denying(summary: str) -> bool:
    """Whether a summary begins with a denial of a move."""
    return _BEGINS_DENYING.match(summary) is not None


# What somebody makes known of himself is no hearsay, whoever had it first: "Ada Quill has announced her resignation".
_HIS_WORD = re.compile(
    r"[^;:]{0,160}?\b(?:(?:(?:has|have) )?announced (?:\w+ )?(?:his|her|their|that (?:he|she|they))\b|"
    r"(?:said|wrote|posted|announced|confirmed|shared)\b[^;:]{0,30}? (?:on|in|to) (?:linkedin|x|employees|staff|"
    r"an? (?:[\w-]+ )?(?:post|memo|letter|email|note|statement))\b|took to (?:linkedin|x|twitter)\b)",
    re.I,
)


def his_word(document: Document, who: str) -> bool:
    """Whether one of the first sentences has ``who`` make the change known."""
    name = who.rpartition(" ")[2]
    return any(_is_named(who, said) and _HIS_WORD.match(said.partition(name)[2]) for said in _told(document)[:_FIRST])


def likely(document: Document, who: str) -> bool:
    """Whether a sentence of the summary that names ``who`` says that a change is only likely."""
    return any(_is_named(who, said) and _LIKELY.search(said) for said in _told(document)[:_FIRST])


def own_word(document: Document, who: str, others: Collection[str], hearsay: Callable[[str], bool]) -> bool:
    """Whether a summary that has its news of others has it not of them that ``who`` moves: the first sentence that names them is
    the firm's own word, or all that is hearsay is said behind it of ``others`` alone."""
    told = _told(document)[:_READ]
    own = [_firms(text) for text in told]
    mine = [n for n, text in enumerate(told) if _is_named(who, text)]
    if mine and own[mine[0]]:
        return True
    heard = [n for n, text in enumerate(told) if not own[n] and hearsay(text)]
    if not heard:
        return any(own)
    rest = [other for other in others if other != who]
    return (
        bool(mine) and mine[0] < heard[0] and all(n not in mine and any(_is_named(one, told[n]) for one in rest) for n in heard)
    )


def _told(document: Document) -> list[str]:
    """The summary's sentences."""
    return [document.source(piece)[piece.start : piece.end] for piece in document.sentences if piece.field == "summary"]


def _firms(text: str) -> bool:
    return _OWN_WORD.search(text) is not None and _NO_FIRM.search(text) is None


def _is_named(who: str, text: str) -> bool:
    name = who.rpartition(" ")[2]
    return len(name) >= _SHORTEST and name in text


def quelled(text: str) -> bool:
    """Whether a text has a rumour, report or speculation denied."""
    return _QUELLED.search(text) is not None


# A headline that is one question, but not of what or who: "Is Corvid chief heading for the exit?", "Ada Quill off to Osprey?".
_ASKED = re.compile(
    r"(?:could|might|may|is|are) [^?]{10,}\?|(?!(?:who|what|why|how|pourquoi|warum|when|where|which|can|should|would|will|do|"
    r"does|did|has|have)\b)"
    r"[a-z][^?!:;.]{15,}\?\W*$",
    re.I,
)


def asks(title: str) -> bool:
    """Whether a headline only asks whether somebody moves."""
    return _ASKED.match(title) is not None
