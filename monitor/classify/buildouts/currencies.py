"""How sums of money are written: signs, names of currencies and scales."""

from __future__ import annotations

SIGNS = {
    "US$": "USD", "USD": "USD", "C$": "CAD", "CA$": "CAD", "CAD": "CAD", "A$": "AUD", "AU$": "AUD", "AUD": "AUD", "S$": "SGD",
    "SGD": "SGD", "HK$": "HKD", "NT$": "TWD", "NZ$": "NZD", "R$": "BRL", "MX$": "MXN", "$": "USD", "€": "EUR", "EUR": "EUR",
    "£": "GBP", "GBP": "GBP", "¥": "JPY", "JPY": "JPY", "CN¥": "CNY", "RMB": "CNY", "CNY": "CNY", "₹": "INR", "INR": "INR",
    "RS.": "INR", "RS": "INR", "₩": "KRW", "KRW": "KRW", "AED": "AED", "DH": "AED", "DHS": "AED", "SAR": "SAR", "QAR": "QAR",
    "CHF": "CHF", "SEK": "SEK", "NOK": "NOK", "DKK": "DKK", "MYR": "MYR", "RM": "MYR", "IDR": "IDR", "RP": "IDR", "THB": "THB",
    "฿": "THB", "PLN": "PLN", "ZAR": "ZAR", "TRY": "TRY", "₺": "TRY", "VND": "VND", "PHP": "PHP", "₱": "PHP", "MXN": "MXN",
    "TL": "TRY", "NGN": "NGN", "₦": "NGN", "PKR": "PKR", "BDT": "BDT", "TK": "BDT", "TK.": "BDT", "LKR": "LKR", "EGP": "EGP",
    "SKR": "SEK", "NKR": "NOK", "DKR": "DKK",
    "ILS": "ILS", "NIS": "ILS", "₪": "ILS", "KWD": "KWD", "BHD": "BHD", "OMR": "OMR", "KES": "KES", "KSH": "KES", "GHS": "GHS",
    "CZK": "CZK", "HUF": "HUF", "KZT": "KZT", "₸": "KZT", "UAH": "UAH", "₴": "UAH", "₽": "RUB", "CLP": "CLP",
    "MAD": "MAD", "TND": "TND", "XOF": "XOF", "XAF": "XAF", "RON": "RON", "BGN": "BGN", "UZS": "UZS", "PEN": "PEN", "COP": "COP",
    "ARS": "ARS", "JOD": "JOD", "TZS": "TZS", "UGX": "UGX", "ETB": "ETB", "RWF": "RWF", "GEL": "GEL", "AZN": "AZN", "ISK": "ISK",
}  # fmt: skip
# A letter that is a sign only before figures and their scale: "R8bn", and never "R1" or "N95".
LETTERS = {"R": "ZAR", "N": "NGN"}
OF_LETTERS = frozenset({"m", "mn", "million", "bn", "billion", "tn", "trillion"})
WORDS = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "yuan": "CNY", "won": "KRW", "rupee": "INR", "dirham": "AED",
    "riyal": "SAR", "franc": "CHF", "kronor": "SEK", "kroner": "NOK", "krone": "NOK", "krona": "SEK", "ringgit": "MYR",
    "rupiah": "IDR", "baht": "THB", "zloty": "PLN", "rand": "ZAR", "lira": "TRY", "reai": "BRL", "peso": "MXN", "dong": "VND",
    "naira": "NGN", "taka": "BDT", "shekel": "ILS", "shilling": "KES", "cedi": "GHS", "koruna": "CZK", "forint": "HUF",
    "lei": "RON", "tenge": "KZT", "hryvnia": "UAH", "rouble": "RUB", "ruble": "RUB",
}  # fmt: skip
FACTOR = {
    "t": 1e12, "tn": 1e12, "trn": 1e12, "trillion": 1e12, "b": 1e9, "bn": 1e9, "bln": 1e9, "billion": 1e9, "m": 1e6, "mn": 1e6,
    "mln": 1e6, "million": 1e6, "k": 1e3, "thousand": 1e3, "lakh crore": 1e12, "crore": 1e7, "lakh": 1e5,
    "bil": 1e9, "mil": 1e6, "cr": 1e7,
}  # fmt: skip
# Whose: "2 billion Canadian dollars". What is not among the exceptions is what the name alone says ("Swiss francs").
PEOPLES = (
    "US", "U.S.", "American", "Canadian", "Australian", "Singapore", "Singaporean", "Hong Kong", "New Taiwan", "Taiwan",
    "New Zealand", "British", "Swiss", "Japanese", "Chinese", "South Korean", "Korean", "Indian", "Norwegian", "Swedish",
    "Danish", "Polish", "Saudi", "Qatari", "Emirati", "UAE", "South African", "Turkish", "Brazilian", "Mexican", "Philippine",
    "Malaysian", "Indonesian", "Thai", "Vietnamese", "Pakistani", "Sri Lankan",
    "Kenyan", "Czech", "Hungarian", "Romanian", "Israeli",
)  # fmt: skip
_OF_PEOPLES = {
    "canadian dollar": "CAD", "australian dollar": "AUD", "singapore dollar": "SGD", "singaporean dollar": "SGD",
    "hong kong dollar": "HKD", "new taiwan dollar": "TWD", "taiwan dollar": "TWD", "new zealand dollar": "NZD",
    "danish krone": "DKK", "danish kroner": "DKK", "qatari riyal": "QAR", "philippine peso": "PHP",
    "pakistani rupee": "PKR", "sri lankan rupee": "LKR",
}  # fmt: skip


def currency(word: str, people: str) -> str:
    """The ISO 4217 code of "dollar" and "Canadian", which may be ""."""
    low = word.lower()
    return _OF_PEOPLES.get(f"{people.lower()} {low}", WORDS[low])


def currencies() -> set[str]:
    """The ISO 4217 codes a sum can have."""
    return {*SIGNS.values(), *WORDS.values(), *_OF_PEOPLES.values()}
