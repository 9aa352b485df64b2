"""Sums in dollars: other currencies roughly, for ranking, severity and filters, never shown as what a story says. And how a
sum and a capacity are written.
"""

from __future__ import annotations

from monitor.model import Quantity

# Dollars for one unit, rounded, late 2025. A sum is told to two digits in the news; rates move less than that in a year.
RATES = {
    "USD": 1.0, "EUR": 1.16, "GBP": 1.33, "CHF": 1.25, "CAD": 0.72, "AUD": 0.66, "NZD": 0.57, "SGD": 0.77, "HKD": 0.128,
    "JPY": 0.0065, "CNY": 0.14, "TWD": 0.032, "KRW": 0.00069, "INR": 0.0113, "AED": 0.272, "SAR": 0.267, "QAR": 0.275,
    "SEK": 0.105, "NOK": 0.099, "DKK": 0.155, "PLN": 0.273, "TRY": 0.024, "ZAR": 0.058, "BRL": 0.186, "MXN": 0.054,
    "MYR": 0.24, "IDR": 0.00006, "THB": 0.031, "VND": 0.000038, "PHP": 0.017, "NGN": 0.00069,
    "PKR": 0.0036, "BDT": 0.0082, "LKR": 0.0033, "EGP": 0.021, "ILS": 0.30, "KWD": 3.25, "BHD": 2.65, "OMR": 2.60, "KES": 0.0077,
    "GHS": 0.092, "CZK": 0.048, "HUF": 0.003, "RON": 0.228, "KZT": 0.0019, "UAH": 0.024, "RUB": 0.0125, "CLP": 0.00106,
    "MAD": 0.108, "TND": 0.34, "XOF": 0.00177, "XAF": 0.00177, "BGN": 0.593, "UZS": 0.000083, "PEN": 0.295, "COP": 0.00026,
    "ARS": 0.0007, "JOD": 1.41, "TZS": 0.0004, "UGX": 0.00028, "ETB": 0.0066, "RWF": 0.00069, "GEL": 0.37, "AZN": 0.588,
    "ISK": 0.0079,
}  # fmt: skip


def in_dollars(quantity: Quantity) -> Quantity | None:
    """The sum with its bounds in dollars and its words as they are; None where the unit is no currency that has a rate."""
    rate = RATES.get(quantity.unit)
    if rate is None:
        return None
    low, high = (None if n is None else n * rate for n in (quantity.low, quantity.high))
    return Quantity(text=quantity.text, low=low, high=high, unit="USD")


def in_unit(quantity: Quantity, unit: str) -> float | None:
    """The higher bound that is told, in ``unit``; a currency becomes dollars where dollars are asked for. None: another unit."""
    found = in_dollars(quantity) if unit == "USD" else quantity
    if found is None or found.unit != unit:
        return None
    return found.high if found.high is not None else found.low


_SIZES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def dollars(amount: float | None) -> str:
    """A sum as people write it; "" for nothing.

    >>> dollars(14e9), dollars(1.25e12), dollars(90_000)
    ('$14 billion', '$1.25 trillion', '$90,000')
    """
    for size, name in _SIZES:
        if amount and amount >= size:
            return f"${figure(amount / size)} {name}"
    return f"${amount:,.0f}" if amount else ""


def watts(megawatts: float | None) -> str:
    """``1.2 GW`` or ``300 MW``; "" for nothing."""
    if not megawatts:
        return ""
    return f"{figure(megawatts / 1000)} GW" if megawatts >= 1000 else f"{figure(megawatts)} MW"


def figure(number: float) -> str:
    """Three digits, or all those before the point: ``1.25``, ``12.5``, ``1,250``."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"
