"""How sure a story of a move is: cues with a scope. Denied beats rumored, that reported; a title beats a summary."""

from __future__ import annotations

import re
from collections.abc import Collection

from monitor.classify.moves.certainty import (
    asks,
    begins_denying,
    by_others,
    his_word,
    likely,
    near,
    own_word,
    quelled,
    stays,
    stays_put,
)
from monitor.classify.words.document import Document
from monitor.classify.words.guarded import Guarded
from monitor.classify.words.status_cues import HEARSAY, QUELLS, without_may
from monitor.model import Status

_CHANGE = (
    r"(?:be|become|becoming|replace|succeed|leave|leaving|join|joining|hire|hiring|name|naming|appoint|appointing|oust|ousting|"
    r"lose|lead|run|exit|resign|step|tap|tapping|poach|poaching|recruit|recruiting|bring|return|head|land|move|quit|depart|fire|"
    r"give up|remove|replacing|stepping)"
)
# What talks are of that are no move: "in talks to sell power"; of fewer verbs than ``_DEAL``, some of which people do too.
_TRADES = (
    r"(?:with [\w.]+ )?to "
    r"(?:sell|buy|acquire|merge|raise|borrow|lease|supply|invest|fund|finance|purchase|license|partner|build)\b"
)
_POST = r"(?:ceo|cfo|coo|cto|chief|chair\w*|president|head|boss|director|board|top|leader|post|job|role|seat)\b"
# What may be about something else as well stands before a post: "considers Ada Quill for CEO", and not "considers bids for unit".
_CANVASSED = (
    r"(?:considers?|considering|considered|weighs?|weighing|mulls?|mulling|courts?|courting|woos?|wooing|approach(?:es|ed|ing)|"
    r"sound(?:s|ed|ing)? out|interviews?|interviewing|eyes|eyeing|wants) (?:[\w.,&'’-]+ ){1,8}?(?:as|for|about|over) "
    rf"(?:[\w&'’-]+ ){{0,3}}?{_POST}"
)
_MOVE_RUMORED = Guarded(
    rf"\b(?:{_CANVASSED}|(?:touted|eyed|mulled) (?:as|for)\b|in line (?:for|to)\b|shortlists |"
    rf"looks? to {_CHANGE}|(?:could|may|might) get (?:the )?(?:[\w-]+ ){{0,2}}{_POST}|said to be (?:weighing|mulling|"
    rf"considering)\b|"
    r"talk(?:s|ing)? (?:about|of) (?:leaving|stepping|retiring|quitting)\b|wants? (?:[\w.&'’-]+ ){1,5}on (?:[\w.&'’-]+ "
    r"){1,4}board\b|"
    rf"urg(?:es?|ed) (?:[\w.&'’-]+ ){{1,6}}to (?:oust|replace|remove|drop|fire|sack|dismiss)\b|top candidate\b|in frame "
    rf"(?:for|to|as)\b|"
    r"(?:thinking (?:of|about)|on the (?:brink|verge) of) (?:leaving|quitting|resigning|retiring|stepping|joining)\b|"
    r"tipped(?: (?:as|for|by)\b|\W*$)|"
    r"in (?:pole position|contention)\b|among (?:the )?candidates\b|linked with\b|"
    r"(?:under pressure|faces? (?:calls|pressure)) to (?:go|quit|resign|leave|step down)\b|"
    r"wants? (?:[\w.'’-]+ ){1,4}(?:out|gone)\b|(?:future|term|position) (?:[\w.&'’-]+ ){0,5}(?:in doubt|on the line|at risk)\b|"
    r"(?:weigh|mull|consider|contemplat)(?:s|es|ing) (?:retirement|(?:an )?exit|departure|stepping)\b|"
    r"near(?:s|ing) (?:a )?deal (?:to|for|with)\b|near(?:s|ing) (?:the |an )?(?:exit|departure|retirement)\b|"
    r"offer(?:s|ed)? (?:his |her |to )?(?:resign\w*|quit|leave|go|step|stand)\b|"
    r"(?:speculation|talk|rumou?rs?) (?:mounts?|grows?|swirls?|builds?|intensif\w+|rises?)\b|"
    r"(?:mounting|growing|swirling|fresh) (?:speculation|talk|rumou?rs)\b|"
    rf"push(?:es|ing)? for (?:[\w.'’-]+ ){{1,4}}to {_CHANGE}|"
    rf"in (?:\w+ )?(?:talks|discussions|negotiations)(?! {_TRADES})|"
    r"close to (?:hiring|naming|appointing|joining|leaving)|"
    r"(?:may|might|could|looks set|wants|hopes|aims|seeks|tries|trying|expected|likely|poised|tipped|"
    rf"said to be planning)(?: (?:to|soon|next|also|still|eventually|one day))* {_CHANGE}|"
    rf"(?:considers?|considering|considered|weighs?|weighing|mulls?|mulling|explor(?:es|ing)|eyes|"
    rf"eyeing) (?:\w+ ){{0,2}}{_CHANGE}|"
    r"(?:top pick|front-?runners?|shortlist(?:ed)?|favou?rites?(?= (?:to|for|as|in)\b)|leading candidate|contenders?|"
    r"in the (?:running|frame)|heir apparent)\b|in running |"
    r"(?:courts|courting|woos|wooing)\b(?! (?:rule|reject|order|side|block|overturn|find|hear))|"
    r"(?:down to|narrow(?:s|ed) to|zero(?:es|ing) in on) (?:two|three|four|\d)|jockey(?:s|ing)? for|"
    r"could be (?:next|\S+ \S+ successor)|succession spotlight|at risk of leaving|proxy fight|"
    r"(?:(?:calls? (?:on|for)|urges?|demands?|pressures?|tells?|asks?)\b.{3,60}\b(?:must|to|should|immediately)|"
    r"says?\b.{3,60}\b(?:must|should|immediately))\W+(?:resign|step down|quit|go|leave)|"
    r"(?:should|must) (?:resign|step down|quit)|calls for .{0,40}(?:board|ouster|resignation|overhaul)|"
    r"(?:wants|seeks|aims|pushes|pushing|moves|bids?|push|campaign|effort|attempt|pressure|pressed|calls?) "
    r"to (?:oust|replace|remove|unseat|fire|sack|dismiss)|"
    r"(?:urges?|press(?:es)?|asks?|tells?) (?:\w+ ){0,2}(?:board|directors) to (?:oust|replace|remove|fire|sack|dismiss)|"
    r"(?:calls? for|demands?|seeks?|press(?:es)? for|pushes for) "
    r"(?:the )?(?:removal|dismissal|ouster|exit|resignation|departure|firing)|"
    r"(?:calls?|push(?:es)?|campaigns?|press(?:es)?) for (?:an? )?new|"
    r"demands? (?:[\w.&'’-]+ ){1,7}(?:resigns?|steps? down|quits?|go)\b|rumou?r(?:ed|s)? )",
    *(
        "talks",
        "discussions",
        "negotiations",
        "close to",
        "may",
        "might",
        "could",
        "looks set",
        "wants",
        "hopes",
        "aims",
    ),
    *("seek", "tries", "trying", "expected", "likely", "poised", "tipped", "be planning", "consider", "weigh", "mull", "explor"),
    *(
        "eyes",
        "eyeing",
        "top pick",
        "runner",
        "shortlist",
        "favorite",
        "favourite",
        "leading cand",
        "contender",
        "running",
    ),
    *(
        "heir apparent",
        "succession s",
        "at risk",
        "proxy",
        "call on",
        "calls on",
        "call for",
        "calls for",
        "urge",
        "demand",
        "urging",
    ),
    *("tell", "say", "ask", "should", "must", "rumo", "pushes", "pushing", "moves to", "bid", "push to", "campaign"),
    *("effort", "attempt", "press", "calls to", "call to", "push for", "pushes for", "court", "woo", "approach", "sound"),
    *("interview", "touted", "eyed", "in line", "nears", "nearing", "pole position", "contention", "candidates", "linked with"),
    *("pressure", "faces call", "face call", "in doubt", "on the line", "contemplat", "want ", "in the frame"),
    *("get ", "talk", "look to", "looks to", "top cand", "in frame", "thinking", "on the brink", "on the verge"),
    *("down to", "narrow", "zero", "jockey", "offer", "speculation", "talk", "rumour"),
)
_LOOKS = Guarded(
    r"\b(?:targets(?! [$€£]?\d)|trying to (?:hire|recruit|poach|bring on board)|is said to be considering)\b",
    *("targets", "trying to", "is said to"),
)
_MOVE_REPORTED = Guarded(
    r"^(?:exclusive: )?(?:sources?|report|source)\b\s*:|[-:,–—]\s*(?:sources?|reports?|(?:news)?papers?|media)\s*$|"
    r"\bsources? (?:say|says|"
    r"said|familiar)|"
    r"\b(?:people|person|persons|sources?) (?:familiar with|with (?:direct )?knowledge|briefed on|close to)|"
    r"\breport(?:s|ed) say|"
    r"\breportedly (?:\w+ )?(?:to )?(?:"
    + _CHANGE[3:]
    + r"|\breportedly (?:hires?|hired|names?|named|recruits?|recruited|poach\w*|"
    r"taps?|leaves?|left|takes?|leaving|departs?|departing|ousted|fired|stepp\w+|planning|joined|joins|appointed)|"
    r"\baccording to (?:a |the )?(?:report|people|sources|person|memo|bloomberg|reuters|the information|"
    r"the wall street journal|wsj)|"
    r"\b(?:bloomberg|reuters|wsj|nyt|ft|cnbc|the information|nikkei|axios|sky news|the new york times|the wall street journal|"
    r"bbc|the verge|the financial times) (?:has )?(?:reports?|reported|says|said)\b|\bis said to\b|"
    r"\bsaid to (?:be |have |soon )?"
    r"(?:lin(?:e|ing)|plan\w*|hir\w+|nam\w+|tap\w*|leav\w+|depart\w*|join\w*|pick\w*|cho\w+|los\w+)\b|"
    r"asked not to be (?:named|identified)|\b(?:people|persons?|insiders?) (?:familiar|in the know) sa(?:y|ys|id)\b|"
    r"\w has learned\b|\b(?:two|three|four|five|six|several|some|multiple) (?:people|persons|insiders) (?:said|say)\b|"
    r", (?!(?:the )?(?:company|group|firm|it|he|she|they|which|who) )(?:[\w&'’.]+ ){1,4}?(?:understands|reported"
    r"(?: (?:on|late|earlier) [\w ]{1,24})?)\s*(?:[.]|$)|"
    r"[,;–—-] ?(?:[\w&'’.]+ ){1,4}reports?\s*$",
    *("source", "report", "familiar ", "knowledge", "briefed on", "close to", "according to", "bloomberg", "reuters", "wsj"),
    *("nyt", "ft ", "cnbc", "the information", "nikkei", "axios", "sky news", " times", " journal", "bbc", "the verge"),
    *("said to", "asked not", "in the know", "has learned", "people sa", "persons sa", "insiders sa", "understands"),
    *("paper", "media"),
)


_TURN = (
    r"(?:appointment|hiring|hire|nomination|promotion|recruitment|poaching|succession|resignation|departure|ouster|removal|move|"
    r"search)\b"
)
# What was to be and will not: "calls off the hiring of", "rescinds its offer to", "drops plan to name", "blocks Ada Quill's
# appointment". What is called off beside a move ("names chief, calls off merger") is another matter.
_CALLED_OFF = Guarded(
    rf"\b(?:(?:call(?:s|ing)?|called) off (?:(?!and )[\w.'’-]+ ){{0,4}}?(?:{_TURN}|plans? to (?:put|{_CHANGE[3:]})|"
    r"(?:pick|choice|nominee|candidate) (?:(?:for|to|as) (?:[\w-]+ ){1,4}?)?(?:pulls|pulled|backs|backed|drops|dropped|bows|"
    r"bowed) out\b|"
    rf"(?:rescinds?|rescinded|withdr(?:aws?|ew)|revok(?:es?|ed)) (?:(?!and )[\w.'’-]+ ){{0,4}}?(?:offer to\b|job offer|{_TURN})|"
    rf"(?:scrap(?:s|ped)?|drop(?:s|ped)?|abandon(?:s|ed)?|shelv(?:es?|ed)|revers(?:es?|ed)|block(?:s|ed)?) (?:[\w.'’-]+ )?"
    rf"(?:plans?|bid|decision|effort|attempt|campaign|proposal) to {_CHANGE}|"
    rf"block(?:s|ed)? (?:(?!and )[\w.'’-]+ ){{0,4}}?{_TURN}|"
    r"(?:reject|refuse|decline)(?:s|d|ed)? (?:(?!and )[\w.'’-]+ ){0,4}?resignation\b(?! (?:calls?|demands?))|"
    r"resignation (?:[\w.'’-]+ ){0,3}?(?:rejected|refused|declined|withdrawn)\b|"
    r"(?:withdr\w+|pull\w*|takes|took) (?:his |her )name\b|(?:withdr\w+|(?:bow|pull|drop)\w* out) (?:from|of) (?:the )?"
    r"(?:[\w-]+ ){0,3}?(?:consideration|contention|running|search|race (?:for|to))\b|"
    r"back(?:s|ed|ing)? out of (?:(?!and )[\w.'’-]+ ){0,6}?(?:move|job|role|post|appointment|board|deal to)\b)",
    *("s out", "d out", " off ", "resignation", " out of ", "rescind", "withdr", "revok", "scrap", "drop", "abandon", "shelv"),
    *("revers", "block", " name", "out from"),
)


# A denial counts where it is of the change itself: who "resigns, denies wrongdoing" has resigned.
_MOVED = (
    r"(?:hir(?:e|es|ed|ing)|recruit\w*|poach\w*|leav(?:e|es|ing)|left|join\w*|step(?:s|ped|ping)? (?:down|aside|back)|resign\w*|"
    r"quit\w*|depart\w*|exit\w*|mov(?:e|es|ed|ing)|appoint\w*|nam(?:e|ed|ing)|replac\w*|succe(?:ed|ss)\w*|oust\w*|"
    r"fir(?:e|ed|ing)|sack\w*|dismiss\w*|remov\w*|retir\w*|promot\w*|reshuffle|shake-?up|going|return\w*|"
    r"hand(?:ed|ing)? in|tender(?:ed|ing)|tapp\w*|lined up|candidate|ceo|cfo|coo|cto|chief executive|successor)\b"
)
_ON = r"(?:(?!(?:and|as|after|but|while|amid)\b)[\w.'’-]+ )"
_REPORTS = r"(?:reports?|rumou?rs?|speculation|claims?|it|this|that)"
_LEAVING = r"(?:leaving|going|quitting|resigning|retiring|stepping (?:down|aside|back)|standing down)\b"
_CALLS = r"(?:calls?|pressure|demands?)"
_DEFIES = r"(?:reject|dismiss|ignor|def[iy]|resist|brush\w* (?:off|aside)|shrug\w* off)\w*"
_BARS = r"(?:judge|court|tribunal)s? (?:temporarily )?(?:bars?|barred|blocks?|blocked|stops?|stopped)"
_TURNS_DOWN = r"(?:declin(?:es|ed)|turn(?:s|ed) down|rebuff(?:s|ed)|spurn(?:s|ed)|reject(?:s|ed))"
_MOVE_DENIED = Guarded(
    rf"\b(?:(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed)) {_ON}{{0,8}}?{_MOVED}|"
    rf"{QUELLS} (?:the |any |all |media |press |fresh )?{HEARSAY} {_ON}{{0,8}}?(?:{_MOVED}|way out\b)|"
    rf"{QUELLS} {_ON}{{0,3}}?(?:exit|departure|resignation|retirement|succession|move|ouster) {HEARSAY}|"
    rf"{QUELLS} (?:the |any )?{HEARSAY}\W*$|no truth to|"
    rf"den(?:y|ies|ied) (?!it\b){_ON}{{0,6}}?(?:is|will|would|s?he['’]s|they['’]re) [^,;]*$|"  # whatever it is they will not do
    rf"(?:den(?:y|ies|ied)|refut(?:es?|ed))(?: (?:the |any )?{_REPORTS})?\W*$|"
    rf"{_BARS} {_ON}{{1,7}}?from (?:[\w.&'’-]+ ){{0,3}}?(?:job|role|post|joining|starting|working|leading|running)\b|"
    rf"says? no to (?:[\w.&'’-]+)(?: job| offer)?\b(?=\W*(?:again\W*)?$)|"
    rf"(?:{_TURN}|reports?|rumou?rs?) (?:(?!(?:and|after|but)\b)[\w.'’-]+ ){{0,7}}?(?:denied|refuted|called off)\b|"
    rf"talks (?:to|with|over|on|about|for) {_ON}{{1,8}}?(?:collapsed?|br(?:ea|o)ke? down|ended|f[ae]ll apart|called off)|"
    rf"turned down|rejected (?:an? |the |meta's |his |her )?offer|turns down {_ON}{{0,4}}?offers?|"
    rf"{_TURNS_DOWN} {_ON}{{0,5}}?(?:job|role|post|to (?:join|become|lead|take|succeed|replace|run))\b|"
    r"(?:will not|won['’]t) (?:join|leave|step down|resign)|refus(?:es|ed|ing) to (?:resign|step|quit|leave|go|budge|stand)|"
    rf"rul(?:es|ed|ing) out (?:his |her |an? )?(?:{_LEAVING}|exit|departure|resignation|retirement|move)|"
    rf"no (?:intention|thought)s? of (?:ever )?{_LEAVING}|going nowhere|"
    rf"{_DEFIES} (?:\w+ ){{0,2}}?(?:{_CALLS} (?:(?:to|for|that) )?{_ON}{{0,4}}?{_MOVED}|resignation {_CALLS})|"
    r"(?:is(?: not|n['’]t)|not) (?:leaving|stepping down|going anywhere)|no plans to (?:leave|step down|resign|retire)|"
    r"(?:reports?|rumou?rs?|talk|news) of (?:my|his|her|our|(?:[\w.]+ )?[\w.]+['’]s) [\w-]+ (?:\w+ ){0,2}?exaggerated|"
    r"(?:decided|decides|opts|chooses|agrees|agreed|vows|vowed|pledges|pledged|promises) to stay|staying put|stays at|"
    rf"confirm(?:s|ed) {_ON}{{1,5}}?will (?:stay|remain)(?: on)? as)\b",
    *("judge", "court", "tribunal", "no to ", "deny", "denie", "refut", "no truth", "called off", "talks ", "turn", "reject"),
    *("will not", "quash", "scotch", "rubbish"),
    *(
        "won't",
        "won’t",
        "is not",
        "isn't",
        "isn’t",
        "not ",
        "no plans",
        "to stay",
        "staying put",
        "stays at",
        "dismiss",
        "debunk",
    ),
    *("play", "shoot", "shot down", "knock", "brush", "shrug", "cold water", "declin", "rebuff", "spurn", "refus", "rul"),
    *("exaggerated", "confirm", "no intention", "no thought", "nowhere", "ignor", "def", "resist", "squash"),
)
_WORDS_OF_A_REPLY = 4  # "; company denies report" belongs to what stands before it


_OTHER_CLAUSE = re.compile(r"(?<=\w), (?:(?:while|as|whereas|but|and) )", re.I)


def _said_of(title: str, who: str, others: Collection[str]) -> tuple[str, str]:
    """Of a headline of several parts that which names ``who``, and a short reply behind it; all of it where none or each does.
    A comma parts it only where somebody of ``others`` moves on its other side."""
    parts = title.split("; ")
    at = next((n for n, part in enumerate(parts) if who and who in part), None)
    if at is None or " would " in parts[at]:  # what follows from another part is as sure as that
        return title, ""
    reply = parts[at + 1] if at + 1 < len(parts) and len(parts[at + 1].split()) <= _WORDS_OF_A_REPLY else ""
    return _clause(parts[at], who, others), reply


def _clause(part: str, who: str, others: Collection[str]) -> str:
    """Of "Corvid names Ada Quill treasurer, while Ben Hart could leave" what is said of one of them."""
    for comma in _OTHER_CLAUSE.finditer(part):
        before, behind = part[: comma.start()], part[comma.end() :]
        own, rest = (before, behind) if who in before else (behind, before)
        if who not in rest and any(one in rest and one not in own for one in others):
            return own
    return part


def status_of_move(document: Document, who: str = "", others: Collection[str] = ()) -> Status:
    """How sure the change of ``who``'s post is, where ``others`` move as well. What is denied or only possible counts in the
    headline, where it is said of them; attribution also in the first sentences."""
    title, summary = document.title, document.story.summary[:400]
    said, reply = _said_of(title, who, others)
    answered = f"{said}; {reply}" if reply else said  # a reply denies; what it wonders about is another's: "; Corvid woos more"
    if _MOVE_DENIED.search(answered) or _CALLED_OFF.search(answered) or stays(answered) or begins_denying(summary):
        return Status.DENIED
    if stays_put(document, who):
        return Status.DENIED
    plain = without_may(said)
    if _MOVE_RUMORED.search(plain) or _LOOKS.search(plain) or near(plain) or asks(plain):
        return Status.DENIED if quelled(summary) else Status.RUMORED
    if likely(document, who):
        return Status.RUMORED
    if _reported(title):
        return Status.REPORTED
    if _reported(summary) and not (own_word(document, who, others, _reported) or his_word(document, who)):
        return Status.REPORTED
    return Status.CONFIRMED


def _reported(text: str) -> bool:
    return _MOVE_REPORTED.search(text) is not None or by_others(text)
