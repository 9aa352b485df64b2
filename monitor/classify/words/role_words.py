"""The words of posts: what heads them, what stands before the head, and what they are of."""

from __future__ import annotations

import re

MODIFIER = (
    r"(?:(?:former|ex|new|interim|acting|incoming|outgoing|incumbent|longtime|long-time|veteran|deputy|assistant|associate|co|top|"
    r"sole|senior|first|honorary|external|outside|nominee|full-time|whole-?time|part-time|"
    r"global|group|independent|non-?executive|lead|joint|founding|regional|corporate|national|worldwide|permanent|next|current|"
    r"previous|executive|key|several|two|three|four|five|six|seven|more|another|other|early|early-stage|managing|supervisory|"
    r"u\.s\.|us|uk|north american?|asia|europe|european|emea|apac|americas|international)[\s-]+){0,4}"
)
_UNIT = (
    r"(?:ai|agi|r&d|artificial intelligence|finance|financial|technology|tech|operations|operating|product|marketing|"
    r"security|legal|policy|"
    r"research|design|engineering|hardware|software|compute|computing|infrastructure|data[\s-]cent(?:er|re)s?|cloud|chip|"
    r"foundry|sales|"
    r"revenue|strategy|people|hr|human resources|communications|data|information|digital|commercial|business|energy|power|"
    r"supply chain|robotics|search|ads?|advertising|growth|risk|compliance|investment|banking|retail|news|media|content|gaming|"
    r"devices|platforms?|safety|alignment|science|medical|nuclear|development|customer|brand|creative|sustainability|"
    r"procurement|"
    r"manufacturing|production|innovation|transformation|corporate development|m&a|markets|trading|wealth|asset management|"
    r"consumer|enterprise|partnerships?|government affairs|public policy|privacy|audit|accounting|tax|treasury|"
    r"networking|silicon|"
    r"defen[cs]e|fab|battery|batteries|autonomy|autopilot|vehicles?|aircraft|rockets?|satellites?|launch|space|propulsion|logistics|"
    r"delivery|grocery|stores|merchandising|fashion|streaming|studios?|film|tv|sports|music|games?|ethics|integrity|developer|"
    r"quantum|photonics|packaging|memory|storage|servers?|cooling|grid|solar|wind|hydrogen|oil|gas|lithium|real estate|"
    r"construction|site selection|site|cyber|cybersecurity|quality|regulatory|clinical|lobbying|government|public sector|talent|"
    r"recruiting|culture|investor relations|deals|capital markets|equity capital markets|private equity|private credit|credit|"
    r"fixed income|equities|commodities|rates|crypto|lending|payments?|insurance|mortgage|health|healthcare|oncology|vaccines?|"
    r"drug|wearables|maps|camera|display|agents?|models?|training|inference|pretraining|post-training|supercomputing|capacity|"
    r"technical|scientific|artistic|machine learning|systems?|network|reliability|performance|"
    r"superintelligence|siri|gemini|windows|xbox|azure|stargate|project)"
)
UNITS = rf"(?:{_UNIT}[\s-]+(?:and\s+|&\s+)?){{1,3}}"
# With their field where one is told of; several are told by what they built, their team or their firm.
MAKERS = "researcher|scientist|engineer|designer|architect"
C_SUITE = r"c[efotmisprdlabghk]{1,3}o"
# "Chief Ada Quill named chief operating officer" is told of two posts.
_NO_VERB = r"(?!(?:named|as|to|is|was|joins?|leaves?|chief|appointed|hired|becomes|who|quits|steps|for|of|the)\b)"
CHIEFS: tuple[tuple[int, str], ...] = (
    (1, rf"chief\s+(?:{_NO_VERB}[a-z&'/-]+,?\s+(?:and\s+|&\s+)?){{1,5}}?officers?"),
    (1, r"chief\s+(?:[a-z]+\s+)?executives?"),
    (2, r"chief\s+(?:merchant|merchandiser|underwriter|dealer|buyer|editor|negotiator|evangelist)s?"),
    (1, r"chief\s+(?:[a-z&-]+\s+){0,2}(?:scientist|technologist)s?"),
    (
        2,
        r"chief\s+(?:[a-z&-]+\s+)?(?:engineer|architect|economist|of\s+staff|counsel|accountant|strategist|designer|actuary|risk|people)s?",
    ),
)
_BESIDE = r"\s+(?:as|for|to|in|at|from|who|will|has|is|was|joins?|leaves?|quits?|takes?|steps?|named)\b|\s*[,.;)]|$"
_OFFICES = (
    r"(?:Prime|Secretary|Attorney|Mayor|Minister|Governor|Commissioner|Sheriff|Speaker|Leader|Assistant|Under|Director|Editor|"
    r"U\.S|Home|Foreign|Finance|Interior|Energy|Defen[cs]e)"
)
_LAW = r"(?:antitrust|competition|litigation|legal|patent|tax|regulatory|privacy|employment|product|special|in-house)"
_CHAIR_GOES = (
    r"steps?|stepp(?:ed|ing)|quits?|resign(?:s|ed)?|leaves?|left|exits?|depart(?:s|ed)?|retire[sd]?|goes|sacked|fired|ousted|removed|"
    r"dismissed|replaced|named|appointed|elected|denies|denied|says?|said|is|was|has|had|will|who"
)
_CHAIR_BESIDE = r"as|for|in|from|with|after|amid|by|since|until|while|when|over"
HEADS: tuple[tuple[int, str], ...] = (
    *CHIEFS,
    (
        1,
        r"(?:c\.\s?[efot]\.\s?o\.?|ceo|cto|cfo|coo|cmo|cio|ciso|cro|cpo|cso|cco|cdo|clo|chro|(?-i:cao|CAO)|cbo|caio|cpto|cno|cgo|"
        # Of a group in the Gulf and Nigeria; of India's public firms. Cao is a surname.
        r"gceo|gcfo|gcoo|gmd|(?-i:CMD|cmd))s?(?:-designate|-elect)?",
    ),
    (2, r"(?:executive|senior|group|corporate)\s+vice[\s-]presidents?"),
    (2, r"(?:evp|svp|cvp|gevp)s?"),
    (3, r"vice[\s-]presidents?|vps?|v\.p\."),
    (1, r"vice[\s-]?chair(?:man|woman|person)?(?:\s+emerit(?:us|a))?"),
    (1, r"co-?presidents?|presidents?(?:\s+emerit(?:us|a))?"),
    (
        1,
        r"chair(?:man|woman|person|lady|men|women)s?(?:\s+emerit(?:us|a)|-elect|-designate)?|(?:co-|vice-?)?chairmanships?|"
        r"(?:board|committee|group|company|advisory|supervisory)\s+chairs?|"
        r"(?:(?<=interim\s)|(?<=acting\s)|(?<=new\s)|(?<=incoming\s)|(?<=outgoing\s)|(?<=deputy\s)|(?<=executive\s))chairs?|"
        r"chairs?(?=\s+(?:of|and|to|at)\b|\s*[,.;:)]|$|(?-i:\s+[A-Z]))|"
        # "The chair steps down", "makes Ada Quill chair as well"; "to chair in" is a verb, "the CEO chair" a post.
        rf"(?<!to\s)(?<!will\s)(?<!would\s)(?<!ceo\s)chair(?=\s+(?:{_CHAIR_GOES}|{_CHAIR_BESIDE})\b)",
    ),
    (1, r"directors?[\s-]general"),
    (2, r"managing\s+(?:directors?|partners?|members?)"),
    (2, r"(?:managing\s+)?executive\s+officers?"),
    # In India and Pakistan who runs a firm; behind a comma a doctor, or Maryland.
    (2, r"(?<!,\s)md(?=\s+(?:and|of|at|to|for|leaves|quits|steps|resigns|retires|joins)\b|\s*[&/]|\s*[;:]|\s*$|(?-i:\s+[A-Z]))"),
    (3, r"(?:general|country)\s+managers?"),
    (2, r"general\s+(?:counsels?|partners?)|(?-i:GC|gc)(?=\s+(?-i:[A-Z][a-z])|\s*[,;]|\s*$|\s+(?:to|as|from|at|after)\b)"),
    (1, r"(?:co-?)?founder-ceo|co-?founders?|founders?"),
    # Of executives, other than a board; of "chairman of the management board" that is the rest.
    (
        2,
        r"(?<!of\s)(?<!of\sthe\s)(?<!of\sits\s)(?:(?:executive|management|managing|operating)\s+(?:board|committee)|"
        r"(?:executive|leadership|executive\s+leadership|management)\s+team(?=\s*(?:[.,;:)]|$)|\s+(?:as|at|of|from|in|on)\b))",
    ),
    (2, r"(?:board\s+(?:members?|directors?|observers?|seat)|member\s+of\s+the\s+(?:supervisory\s+|management\s+)?board)"),
    (3, r"(?:company|corporate)\s+secretar(?:y|ies)|treasurers?|controllers?|comptroller"),
    (
        2,
        rf"{UNITS}(?:chiefs?|(?:co-?)?heads?|boss(?:es)?|leads?|leaders?|directors?|executives?|execs?|officers?|vps?|president|{MAKERS})",
    ),
    # "Osprey's deputy Ada Quill", "as deputy"; "Deputy Mayor Quill" is another post.
    (
        2,
        rf"deput(?:y|ies)(?={_BESIDE}|(?-i:\s+(?!{_OFFICES})[A-Z][a-z’'-][\w’'-]*\s+[A-Z]))|no\.\s?2|number[\s-](?:two|2)|"
        r"second[\s-]in[\s-]command",
    ),
    (1, r"presidency"),
    (4, rf"team\s+leads?|architect(?=(?-i:\s+[A-Z]))|(?<!to\s)(?-i:vet)(?={_BESIDE}|\s+aboard\b|(?-i:\s+[A-Z]))"),
    (2, rf"(?:{_LAW}\s+)?counsels?(?={_BESIDE}|(?-i:\s+[A-Z]))"),
    (
        3,
        r"actuar(?:y|ies)|non-execs?|trustee|rector(?=\s+(?:of|at)\b|(?-i:\s+[A-Z]))|(?:regional|country)\s+heads?",
    ),
    (4, rf"lobbyists?|litigator|showrunners?|strategist(?={_BESIDE}|(?-i:\s+[A-Z]))"),
    (2, r"under\s?secretar(?:y|ies)(?=\s+(?:of|for)\b)|provosts?|dean(?=\s+(?:of|at)\b)"),
    (2, r"(?:global\s+|co-?)?heads?(?=\s+(?:of|for)\b)|(?:(?<=interim\s)|(?<=acting\s)|(?<=deputy\s))head"),
    (3, r"(?:senior\s+|executive\s+|country\s+)?directors?"),
    (2, r"(?:(?:venture|operating|investment)\s+)?partner(?=\W|$)|partners(?=\W|$)"),
    (
        4,
        r"(?:executives?|execs?|leaders?|veterans?|alum(?:nus|ni)?|researchers?|scientists?|engineers?|designers?|analysts?|"
        r"co-?leads?|czars?|pioneer|creator|entrepreneur(?:[\s-]in[\s-]residence)?|official|investor|laureates?|producers?|marketers?|bankers?|lawyers?|dealmakers?|founding\s+members?|"
        r"bosses|boss|chiefs?|insiders?)",
    ),
    (4, r"(?:principal|distinguished|staff)\s+(?:[a-z]+\s+){0,2}?(?:researcher|scientist|engineer|designer|analyst|architect)s?"),
    (
        4,
        r"editors?(?:[\s-]in[\s-]chief)?|(?:(?:strategic|special|technical|policy)\s+)?(?:adviser|advisor)s?"
        r"(?:\s+to\s+(?:the\s+|its\s+)?(?:ceo|chief\s+executive|chair(?:man|woman)?|president)(?:\s+officer)?)?|"
        r"(?:(?:research|visiting|technical)\s+)?fellows?",
    ),
    (
        4,
        r"(?:product|program(?:me)?|portfolio|fund|bond|plant|engineering|design|finance|investment|account|sales|marketing|operations)"
        r"\s+manager",
    ),
    (4, r"(?:product|program(?:me)?)\s+managers"),
    (3, r"(?:art|artistic|technical|sporting)\s+director"),
    # A publisher is a firm as well.
    (3, r"(?:(?<=\bas\s)|(?<=\bnamed\s)|(?<=\bits\s)|(?<=\bnext\s)|(?<=,\s))publishers?(?=\s*(?:[,.;]|$)|\s+(?:of|and|at)\b)"),
    # "Take the lead for", "to lead for".
    (4, r"(?<!the\s)(?<!to\s)(?<!a\s)(?<!will\s)leads?(?=\s+(?:of|for)\b)"),
    (4, r"principals?(?=\s+(?:of|at)\b|\s*[,.;]|$)"),
    # Of who comes from office to a firm, and not of who gets there.
    (
        3,
        r"(?:(?<=former\s)|(?<=ex-)|(?<=ex\s))(?:u\.s\.\s+)?(?:(?:senior|city|junior|cabinet|government|deputy|prime)\s+)?"
        r"(?:ministers?|governors?|senators?|congress(?:wo)?man)",
    ),
    (
        3,
        r"(?:(?:additional|permanent|foreign|home|defen[cs]e|finance|energy|interior|health|commerce|treasury|petroleum|"
        r"state|prime|cabinet|education|transport|trade|labou?r|justice)\s+){1,2}(?:secretar(?:y|ies)|ministers?)",
    ),
)

# What makes a chief officer of a unit's chief: "consumer chief" and "marketing officer".
GOES_ON = re.compile(
    rf"\s+(?:(?:{_NO_VERB}[a-z&'/-]+,?\s+(?:and\s+|&\s+)?){{1,4}}?officers?|executives?|"
    r"(?:(?:ai|data|research|software|product|design)\s+)?"
    r"(?:scientist|technologist|engineer|architect|economist|counsel|accountant|strategist|designer)s?|of\s+staff)(?![\w-])",
    re.I,
)
# What a role is of: a unit in a few words, up to a verb, a preposition or a mark.
TAIL = re.compile(
    r"\s+(?:of|for(?!\s+(?:the\s+(?:first|second|last|next|past)|another|more|about|nearly|almost|over|now|years?|life|new|top|vacant)\b))\s+"
    r"(?:the\s+|its\s+|our\s+)?(?P<unit>(?:U\.S\.|[A-Za-z][\w&'’/-]*)"
    r"(?:\s+(?:and|&|of)\s+(?:U\.S\.|[\w&'’/-]+)|\s+(?:U\.S\.|[\w&'’/-]+)){0,4})",
    re.I,
)
TAIL_STOP = re.compile(
    r"\s+(?:for\s+(?:the\s+(?:first|second|last)|another|more|about|nearly|almost|over)|in|at|from|to|as|after|amid|ahead|by|with|on|who|"
    r"has|is|was|will|both|effective|following|over|during|before|until|since|that|which|while|when|where|but|focus(?:ed|ing)|joins?|"
    r"leaves?|left|step(?:ped|s)?|becomes|resign(?:ed|s)?|depart(?:ed|s)?|exit(?:ed|s)?|quits?|retires?|named|appointed|announce[ds]?|says?|said|"
    r"(?:last|this|next)\s+(?:week|month|quarter|year|spring|summer|autumn|fall|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|"
    r"and\s+(?:will|has|had|is|was|left|quit|as|one|two|three|plans?|says?|an?|the|his|her|who|other|several|"
    r"joins?|joined|leaves?|(?:nam|hir|mov|remov|replac|mad|fir|nominat|elevat|elect|appoint|promot|recruit|poach|tapp?|add|pick|oust|"
    r"install|announc)(?:e[sd]?|s)?|brought|brings|gave|gives|chose|chooses|that))\b.*",
    re.I | re.S,
)
# "Vice president, engineering": what a post of many is of may stand behind a comma.
OF_MANY = re.compile(r"\b(?:president|[se]?vp|cvp|director|general\s+manager)$", re.I)
_REGION = r"(?:global|worldwide|international|americas|emea|apac|asia(?:[\s-]pacific)?|europe|(?:north|latin|south)\s+america)"
APART = re.compile(
    rf",\s+(?P<unit>(?:{_REGION}\s+)?{_UNIT}(?:(?:\s+|\s*,\s+|\s+(?:and|&)\s+){_UNIT}){{0,3}}"
    rf"(?:\s+(?:{_REGION}|group|relations|management|services|systems))?|{_REGION})"
    r"(?=\s*(?:[.,;)]|$)|\s+(?:at|of|for|to|from)\b)",
    re.I,
)
# The same of a vice president, in other words with a capital.
VICE = re.compile(r"\b(?:vice[\s-]president|[esc]?vp)$", re.I)
OF_VICE = re.compile(
    r"(?:,\s+|\s+(?=[A-Z]\w+,? (?:at|of|for)\b|[A-Z]\w+ [A-Z]\w+,? (?:at|of|for)\b))"
    r"(?P<unit>[A-Z][\w’'-]{3,}(?:(?:\s+(?:and|&|of)\s+|\s+)[A-Z][\w’'-]+){0,3})(?=\s*(?:[.,;)]|$)|\s+(?:at|of|for|to|from|and|effective)\b)"
)
