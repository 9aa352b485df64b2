"""Words that tell names from what only looks like one: of firms, of titles, of headlines' openings."""

from __future__ import annotations

import re
from typing import NamedTuple

import monitor.classify.words.lexicon as lexicon
from monitor.classify.words.document import Token

ORG_WORDS = frozenset(
    "inc corp corporation co company ltd limited llc plc ag sa se nv ab asa oyj gmbh spa kk bhd pte group holdings holding "
    "partners capital bank bancorp financial energy power therapeutics pharma pharmaceuticals biosciences bio biotech "
    "technologies technology tech systems solutions software networks labs lab laboratories industries international global "
    "ventures university institute foundation association council commission authority agency ministry department airlines "
    "airways motors motor media studios entertainment insurance trust fund realty properties resources mining minerals gold "
    "silver oil gas petroleum petrochemicals steel cement chemicals foods beverages brands retail stores healthcare health "
    "medical hospital hospitals logistics shipping railway railways aerospace defense robotics semiconductor semiconductors "
    "electronics electric utilities water infrastructure investments investment investors management advisors advisers "
    "securities exchange markets consulting services interactive digital data cloud compute computing communications telecom "
    "wireless mobile broadband cable broadcasting news telecommunications times post journal center centre board club "
    "league union federation society alliance network platforms platform machines intelligence ai estates homes hotels "
    "resorts products materials instruments devices diagnostics genomics sciences science associates worldwide enterprises "
    "automotive vehicles brothers bros sons pictures records analytics dynamics genetics oncology vaccines academy college "
    "school museum machinery packaging textiles adhesives plastics tv".split()
)
JOINERS = frozenset(
    "of & and the for de la du van von der del di da al bin el - y e den dos das zu ter ten della af ibn binti bint te do".split()
)
# Particles of people's names; those of ``OF_SURNAMES`` stand before nothing but one.
OF_SURNAMES = frozenset("van von der den bin ibn binti bint ter dos das della".split())
PARTICLES = OF_SURNAMES | frozenset("de la du del di da al el le ten st. zu af te do".split())
# What many a firm's name ends in, and no product or branch of a firm known by the word before: "Lumen Ridge".
GROUNDS = frozenset(
    "ridge peak row street point hill lake river rock stone bridge field harbor harbour bay creek valley grove tree oak forest "
    "road lane house wave leaf path gate tower summit canyon mountain island shore cove crest view loop woods mill forge hall "
    "crown shield spring springs brook meadow glen isle cape reef arrow anchor lantern cross finch hawk wolf fox".split()
)
TITLES = frozenset(
    {
        "mr",
        "mr.",
        "ms",
        "ms.",
        "mrs",
        "mrs.",
        "dr",
        "dr.",
        "sir",
        "dame",
        "lord",
        "prof",
        "prof.",
        "lady",
        "baroness",
        "dato",
        "datuk",
        "sen",
        "sen.",
        "rep.",
        "gov",
        "gov.",
        "adm.",
    }
)
CALENDAR = frozenset({"jan", "april", "may", "june", "august", "mar"})  # also first names
NOT_NAMES = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday q1 q2 q3 q4 ceo cfo coo cto exclusive "
    "update breaking report sources source says said why how what when where who which this that these those i we he she "
    "it they you a an the in on at by to from for with as after before amid over under new former top first per via but "
    "and or not no yes its his her their our your north south east west us u.s. u.s uk eu ai pr gw mw twh mwh "
    "gpu yet too another bull bear "
    "gpus globenewswire prnewswire prnewswire/ newswire /prnewswire/ reuters inc mon tue tues wed weds thu thur thurs fri sat "
    "sun is are was were be been has have had do does did can could would should might must i've i'm i'll i'd we've we're "
    "they've they're don't doesn't summary icymi tldr psa fyi all-hands memo scoop least".split()
)
# Adjectives of places: what they stand before is the name, they are none.
PLACE_WORDS = frozenset(
    "french german british american indian chinese japanese korean swedish danish norwegian finnish dutch italian "
    "spanish swiss austrian belgian irish scottish welsh english canadian australian mexican brazilian russian turkish "
    "israeli saudi emirati taiwanese singaporean polish ukrainian greek portuguese thai vietnamese indonesian malaysian filipino "
    "pakistani bangladeshi egyptian nigerian kenyan argentine chilean colombian peruvian czech hungarian romanian bulgarian "
    "croatian serbian estonian latvian lithuanian icelandic iranian iraqi qatari kuwaiti kazakh slovak slovenian "
    "lebanese ghanaian jordanian moroccan tunisian algerian ethiopian ugandan tanzanian zambian zimbabwean rwandan senegalese "
    "ivorian cameroonian angolan mozambican namibian sudanese libyan syrian omani bahraini palestinian armenian azerbaijani "
    "uzbek mongolian nepali nepalese burmese cambodian jamaican panamanian guatemalan venezuelan ecuadorian bolivian paraguayan "
    "uruguayan belarusian moldovan maltese cypriot albanian macedonian bosnian afghan scandinavian catalan "
    "european asian african european-based nordic global chief smart "
    "portfolio shares markets stock".split()
)
# What a town stands before, behind a comma: "Maryville, Tennessee-based Osprey".
STATES = frozenset(
    "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa "
    "kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio "
    "oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming alberta manitoba ontario "
    "quebec saskatchewan queensland victoria england scotland wales ireland germany india".split()
) | {
    *("new hampshire", "new jersey", "new mexico", "new york", "north carolina", "north dakota", "rhode island"),
    *("south carolina", "south dakota", "west virginia", "british columbia", "nova scotia", "new brunswick"),
}
# Alone, these are the beginning or the end of a name that is not told, or a word with a needless capital.
GENERIC = frozenset(
    "group company board firm media business services department management digital devices software technology technologies "
    "telecom companies product products power credit trust fund capital bank holdings partners industries sciences science corp "
    "corporation co limited ltd systems solutions networks network exchange markets team division unit committee council "
    "plc llc llp gmbh inc. corp. ltd. co. incorporated nonexecutive non-executive honorary newsroom middle tv "
    "gaming innovation communications construction commercial energy applications operating chipmaker powerhouse tech worldwide "
    "coding representative opinion clinician mining inclusion "
    "show podcast briefing newsletter office government administration congress academia internet".split()
)
# Capitals that name no organisation.
ABBREVIATIONS = frozenset(
    "m.d m.d. ph.d ph.d. jr jr. sr sr. esq esq. "
    "hr phd mba md m&a b2b b2c ux ui eps gaap api apis cpu cpus llm llms ais agm egm ipo esg cto's dna fy h1 h2 pbt ebitda reit "
    "q&a diy url faq r&d it iot saas pc pcs ev evs vr ar xr 5g sms usb ssd nda lgbt dei suv suvs".split()
)
# "United", "Applied": forms of verbs that names of firms begin with or hold.
ADJECTIVES = frozenset(
    "united applied advanced allied consolidated associated limited incorporated integrated federated illustrated certified "
    "trusted unlimited printed connected continued mining holding consulting engineering manufacturing marketing trading "
    "banking financing shipping packaging lending imaging computing learning gaming building housing printing publishing "
    "broadcasting advertising clothing drilling brewing leasing processing rolling sterling king thing being wedding".split()
)
PARTICLES_OF_VERBS = frozenset("off up out down on in back over away into for to".split())
# Nouns of a trade: "Pharmacy Giant Walgreens", "French Miner Eramet" name what stands behind them.
TRADES = frozenset(
    "giant maker miner retailer publisher startup start-up firm operator developer provider supplier distributor tester carmaker "
    "automaker drugmaker chipmaker lender insurer manufacturer producer builder broker designer platform unicorn upstart rival "
    "pioneer specialist heavyweight powerhouse brand chain app site grocer brewer jeweler jeweller watchmaker conglomerate "
    "subsidiary unit owner investor parent".split()
)
# Words of English that are surnames in China, Korea, Vietnam or India: "Zhiyuan Fang".
SURNAMES_ABROAD = frozenset(
    "fang sun long song man he so an chin wing tong gong hang ban ma bang pan tang ling kong han ho wan yang yin lee kang pal "
    "das sen bose ray dang do dong mai lam lo lu sung hung hong sang ding bin gang gu mo ping pang sin sim min yen ha nag pant "
    "rang chow quan".split()
)
SURNAMES_TOO = frozenset("gold silver steel power post bank homes cloud trust".split())  # words of firms that people are called
# Of these none begins a firm's own name: "Startup Corvid Names …".
STARTS = frozenset("startup start-up carmaker automaker drugmaker chipmaker lender insurer retailer brewer grocer".split())
FILING = frozenset("nyse nasdaq otc tsx asx lse otcqb tsxv cse bse nse tse sgx hkex aim euronext ftse nasdaq-100".split())
AFTER_NEW = frozenset("york jersey zealand delhi mexico hampshire orleans south".split())  # New York is one name
BODIES = frozenset(
    "association bank university institute council ministry department center centre federation union college school museum "
    "society academy chamber guild league office bureau commission".split()
)
# Behind a known firm's name these belong to it.
BRANCHES = frozenset("reit usa group holdings holding international corporation corp plc americas gmbh nv sa ag inc sab".split())
# The same where a capital says something: "Maersk Drilling", "ADNOC Gas". A headline of capitals may mean the drilling chief.
ARMS = frozenset(
    "rail drilling gas power energy green motors capital securities pharma healthcare foods steel cement chemicals mining "
    "shipping logistics aerospace defence defense mobile networks telecom telecommunications insurance life ventures properties "
    "realty studios pictures semiconductor semiconductors electronics electric solar renewables offshore marine airlines airways "
    "aviation cargo freight trucks buses refining petrochemicals trading shipyards engineering technologies systems biologics "
    "biosciences".split()
)
# Behind a word that is also a firm's name these make it another's.
OF_OTHERS = frozenset(
    "bank bancorp health insurance market therapeutics pharma foods motors airlines university hospital".split()
)
RIVALS = frozenset({"rival", "competitor", "archrival"})  # before a firm's name
KIN = frozenset("son daughter brother sister wife husband nephew niece".split())
# As these a firm joins or is taken as well.
FIRMS_TOO = frozenset("partner member sponsor investor shareholder backer owner supplier adviser advisor".split())
NO_FIRMS = frozenset({"act", "bill", "round-up", "roundup", "hiv"})  # the last word of what is no organisation
# The last of several: somebody's fame, a trade.
NO_NAMES = frozenset("legend icon guru aides advisers allies honor honour hire hires industry sector era outlook".split())
# Behind two initials these are firms and no people: "D. E. Shaw".
FIRMS_OF_INITIALS = frozenset(
    "shaw morgan hunt robinson smucker smith berkley grainger fuller scripps moller penney goodrich bard bean donnelley horton "
    "johnson steel".split()
)
FORMS = frozenset({"inc", "corp", "ltd", "plc", "co"})
# What firms do, and nobody's: a name's "'s" in front of it is part of the name.
OF_FIRMS = frozenset("names appoints taps announces announced ousts poaches recruits elects said says has".split())
OF_A_UNIT = frozenset({"chief", "head", "boss", "program", "programme", "lead", "leader"})  # behind a product's number
# "3M", "23andMe", "11x": a figure that runs into letters, and counts nothing.
NUMBERED = re.compile(r"\d{1,3}[A-Za-z]+$")
COUNTED = frozenset(
    "st nd rd th k m b t g s mn bn tn gw mw kw am pm yr d nm hp gb tb mb hz ghz mhz ft kg km cm mm mph a p h ms fps bit".split()
)
# Capitalised at the head of a line, these are the first words of a clause.
OPENERS = frozenset(
    "the a an new former ex top senior key chief is are was were will can could should would may might do does did "
    "has have had "
    "as at by for from in into of off on over to up with who what when where why how meet inside exclusive breaking "
    "report opinion analysis interview watch read see two three four five six seven eight nine ten eleven twelve dozens "
    "several more most many another other "
    "all no not its his her their our my your this that these those if so but and or departing outgoing incoming "
    "interim acting incumbent longtime veteran executive tech ai female male first last next global board company group bank "
    "startup ousted fired retired retiring embattled billionaire".split()
)
# Right behind these a dictionary word is a firm: "Hinge CEO", "Target names"; "Computer scientist" is none.
POSTS = frozenset(
    "ceo cfo coo cto cmo cio c.e.o chief chair chairman chairwoman president founder co-founder cofounder boss names appoints "
    "hires taps promotes elects ousts poaches announces".split()
)
VAGUE = frozenset(
    "scientist chief icon veteran veterans executive executives exec execs leader leaders insider researcher "
    "engineer director".split()
)


class Looks(NamedTuple):
    """What a word looks like, wherever it stands. ``numbered``: "name" ("3M") or "count" ("30th") where a figure runs into
    letters; ``none``: it is no part of a name; ``initial``: but "J." is inside one; ``given``: a first name; ``common``,
    ``rare``: a word of the language; ``inflected``, ``bent``: a form of a common or of any word."""

    numbered: str
    none: bool
    initial: bool
    place: bool
    common: bool
    rare: bool
    given: bool
    of_org: bool
    inflected: bool
    bent: bool


def looks_of(token: Token) -> Looks:
    if token.looks is None:
        token.looks = _looks(token.text, token.low)
    return token.looks


def _looks(text: str, low: str) -> Looks:
    numbered = ""
    if text[0].isdigit() and NUMBERED.match(low):
        numbered = "name" if low.lstrip("0123456789") not in COUNTED or text in ("3M", "3D") else "count"
    upper = text[0].isupper()
    return Looks(
        numbered=numbered,
        none=not upper or low in NOT_NAMES or low in FILING or low in TITLES,
        initial=upper and len(text) == 2 and text[1] == ".",
        place=low in PLACE_WORDS,
        common=low in lexicon.common_words(),
        rare=low in lexicon.dictionary(),
        given=text in lexicon.first_names(),
        of_org=low in ORG_WORDS,
        inflected=_inflected(low, lexicon.common_words()),
        bent=_inflected(low, lexicon.dictionary()),
    )


def _inflected(low: str, words: frozenset[str]) -> bool:
    """A form of one of the words: at the head of a quiet sentence its capital says nothing."""
    stems = [low[: -len(end)] for end in ("s", "es", "ed", "ing", "d", "ly") if low.endswith(end) and len(low) > len(end) + 2]
    if low.endswith(("ies", "ied")) and low[:-3] + "y" in words:
        return True  # "notifies"
    return any(stem in words or stem + "e" in words for stem in stems)
