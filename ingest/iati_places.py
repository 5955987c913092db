"""Where an IATI activity takes place and what it works on: countries, regions and sectors, each with its share.

Said for the activity, or else for its transactions, or else (countries) for its locations. Of a location only a code
that is a country's by definition is taken: ISO 3166 (vocabulary A4), and `country` in 1.0x. Names, coordinates and
codes of gazetteers are not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from lxml import etree

from ingest.iati_xml import Activity, attribute, number
from ingest.programmes import LONGEST_CODE, Share

_Shares = dict[str, float | None]
# The vocabularies of the DAC, five digits and three: the words of 1.0x, and what stands for none.
_VOCABULARIES = {"": "1", "DAC": "1", "DAC-3": "2"}
_DAC = frozenset({"1", "2"})
_ISO_COUNTRIES = "A4"
# Shares are rounded in the sources: three thirds may be 100.02.
_WHOLE = 100.5

M49 = {
    "002": "Africa", "015": "Northern Africa", "202": "Sub-Saharan Africa", "014": "Eastern Africa",
    "017": "Middle Africa", "018": "Southern Africa", "011": "Western Africa", "019": "Americas",
    "419": "Latin America and the Caribbean", "029": "Caribbean", "013": "Central America", "005": "South America",
    "021": "Northern America", "142": "Asia", "143": "Central Asia", "030": "Eastern Asia",
    "035": "South-eastern Asia", "034": "Southern Asia", "145": "Western Asia", "150": "Europe",
    "151": "Eastern Europe", "154": "Northern Europe", "039": "Southern Europe", "155": "Western Europe",
    "009": "Oceania", "053": "Australia and New Zealand", "054": "Melanesia", "057": "Micronesia", "061": "Polynesia",
}  # fmt: skip
DAC_REGIONS = {
    "88": "Southern Europe", "89": "Europe", "189": "Northern Africa", "289": "Sub-Saharan Africa", "298": "Africa",
    "380": "Caribbean", "389": "Americas", "489": "South America", "498": "Americas", "589": "Western Asia",
    "619": "Asia", "679": "Southern Asia", "689": "Asia", "789": "Asia", "798": "Asia", "889": "Oceania",
    "1027": "Eastern Africa", "1028": "Middle Africa", "1029": "Southern Africa", "1030": "Western Africa",
    "1031": "Caribbean", "1032": "Central America", "1033": "Melanesia", "1034": "Micronesia", "1035": "Polynesia",
}  # fmt: skip
"""The smallest region of the United Nations that holds all countries of a region of the DAC, or all but one.

The one is Türkiye (Europe), Sudan (south of Sahara, Eastern Africa), Iran (Middle East), Myanmar (South Asia). So what
is regional there takes place in that region as well.
"""
# Everywhere: developing countries in the list of the DAC, the world in that of the United Nations.
_NO_SUCH_REGION = "programmes that name a region by a code that is none of the DAC's or the United Nations'"
_NO_REGION = frozenset({"000", "998", "001"})


def countries(activity: Activity) -> tuple[tuple[Share, ...], str]:
    """The countries as codes or names, and in a sentence how they are known, where the activity does not say them."""
    given = ((_country(activity, one), _percentage(activity, one)) for one in activity.all("recipient-country"))
    said = _shares(_summed(given)) or _shares(_of_transactions(activity, partial(_countries_in, activity)))
    if said:
        return said, ""
    found = dict.fromkeys(code for location in activity.all("location") for code in _of_location(location) if code)
    return tuple(Share(code=code) for code in found), "Its countries are those of its locations." if found else ""


def regions(activity: Activity) -> tuple[Share, ...]:
    """The regions, by their names in the list of the United Nations; those of other lists are left out."""
    places = activity.all("recipient-region")
    merged: _Shares = {}
    for given in _by_vocabulary(activity, places, _region).values():
        merged |= _new(_summed(given), merged)
    if not places and not activity.all("recipient-country"):
        places = [place for one in activity.all("transaction") for place in one.iterchildren("recipient-region")]
        if places:
            merged = _of_transactions(activity, _regions_in)
    if any(not _region(place) and attribute(place, "code").zfill(3) not in _NO_REGION for place in places):
        activity.rejects.notes[_NO_SUCH_REGION] += 1
    return _shares(merged)


def sectors(activity: Activity) -> tuple[Share, ...]:
    """The sectors as ids such as `DAC/15210`; the shares of each vocabulary add up to 100 by themselves."""
    merged: _Shares = {}
    for given in _by_vocabulary(activity, activity.all("sector"), _sector).values():
        merged |= _new(_summed(given), merged)
    if not any(merged):
        named = (one for transaction in activity.all("transaction") for one in transaction.iterchildren("sector"))
        for vocabulary in dict.fromkeys(_vocabulary(one) for one in named):
            more = _of_transactions(activity, partial(_sectors_in, vocabulary=vocabulary))
            merged |= _new(more, merged)
    return _shares(merged)


def _new(more: _Shares, known: _Shares) -> _Shares:
    """What another vocabulary adds; a code that two have keeps the share of the first."""
    return {code: share for code, share in more.items() if code not in known}


def _shares(shares: _Shares) -> tuple[Share, ...]:
    return tuple(Share(code=code, percentage=percentage) for code, percentage in shares.items() if code)


def _summed(given: Iterable[tuple[str, float | None]]) -> _Shares:
    """Each code once. The shares of one that comes again are added, unless they are too many together for that.

    Publishers split a sector into parts of their own under one code of the DAC; others say the same line twice.
    """
    shares: dict[str, list[float | None]] = defaultdict(list)
    for code, share in given:
        shares[code].append(share)
    parts = {code: [share for share in them if share is not None] for code, them in shares.items()}
    if sum(map(sum, parts.values())) > _WHOLE:
        return {code: them[0] for code, them in shares.items()}
    return {code: round(sum(parts[code]), 4) if None not in them else None for code, them in shares.items()}


def _of_transactions(activity: Activity, codes: Callable[[etree._Element], list[str]]) -> _Shares:
    """What the transactions name. Shares go by value, if each payment names one, in one currency, none negative."""
    named = dict.fromkeys(code for one in activity.all("transaction") for code in codes(one))
    unweighed: _Shares = dict.fromkeys(named)
    values: dict[str, float] = dict.fromkeys(named, 0.0)
    currencies = set()
    for payment in activity.payments() if named else ():
        code = codes(payment)
        try:
            value, currency = activity.money(payment)
        except ValueError:
            return unweighed
        if len(code) != 1 or value < 0:
            return unweighed
        values[code[0]] += value
        currencies.add(currency)
    total = sum(values.values())
    if len(currencies) != 1 or not all(values.values()):
        return unweighed
    return {code: round(100 * value / total, 2) for code, value in values.items()}


def _by_vocabulary(
    activity: Activity, elements: Iterable[etree._Element], code: Callable[[etree._Element], str]
) -> dict[str, list[tuple[str, float | None]]]:
    found: dict[str, list[tuple[str, float | None]]] = defaultdict(list)
    for one in elements:
        found[_vocabulary(one)].append((code(one), _percentage(activity, one)))
    return found


def _percentage(activity: Activity, element: etree._Element) -> float | None:
    text = attribute(element, "percentage").rstrip("%")
    try:
        share = number(text) if text else None
    except ValueError:
        activity.note(f"{element.tag!s} percentage", "is no number", text)
        return None
    if share is not None and not 0 <= share <= _WHOLE:
        activity.note(f"{element.tag!s} percentage", "is no share of 100", text)
        return None
    return share


def _country(activity: Activity, place: etree._Element) -> str:
    """The code of a country, else its name."""
    return attribute(place, "code").upper() or activity.text_of((place,))[:LONGEST_CODE]


def _of_location(location: etree._Element) -> Iterator[str]:
    for one in location.iter("administrative", "location-id"):
        if attribute(one, "vocabulary") == _ISO_COUNTRIES:
            yield attribute(one, "code").upper()
        elif one.tag == "administrative" and (country := attribute(one, "country")):
            yield country.upper()


def _region(place: etree._Element) -> str:
    vocabulary, code = _vocabulary(place), attribute(place, "code")
    return {"1": DAC_REGIONS.get(code), "2": M49.get(code.zfill(3))}.get(vocabulary) or ""


def _vocabulary(element: etree._Element) -> str:
    given = attribute(element, "vocabulary")
    return _VOCABULARIES.get(given, given)


def _sector(sector: etree._Element) -> str:
    vocabulary, code = _vocabulary(sector), attribute(sector, "code")
    return f"{'DAC' if vocabulary in _DAC else f'IATI-{vocabulary}'}/{code}" if code else ""


def _countries_in(activity: Activity, transaction: etree._Element) -> list[str]:
    return [_country(activity, one) for one in transaction.iterchildren("recipient-country")]


def _regions_in(transaction: etree._Element) -> list[str]:
    return [_region(one) for one in transaction.iterchildren("recipient-region")]


def _sectors_in(transaction: etree._Element, vocabulary: str) -> list[str]:
    return [_sector(one) for one in transaction.iterchildren("sector") if _vocabulary(one) == vocabulary]
