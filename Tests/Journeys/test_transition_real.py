"""Real statistics, where they lie beside the repository: a metro's profile, peers with reasons, openings with odds."""
import csv
import html
import re

import pytest
from house import SHARED, wait_for

FILES = {year: SHARED / "data/transition" / f"us_metro_naics4_{year}.csv" for year in (2018, 2019)}
# Wichita: a city of aircraft makers, of which everybody knows what it is alike by.
METRO = "48620"
# As many of the largest metros as a debug build learns from in little time.
LARGEST = 150

pytestmark = pytest.mark.skipif(
    not all(file.exists() for file in FILES.values()), reason="the statistics do not lie beside the repository")


@pytest.fixture(scope="module")
def metros(tmp_path_factory):
    """The largest metros' jobs by industry, as the files have them."""
    sums = {}
    with FILES[2019].open() as file:
        for row in csv.DictReader(file):
            sums[row["cbsa_code"]] = sums.get(row["cbsa_code"], 0) + float(row["EMP"] or 0)
    wanted = {METRO, *sorted(sums, key=sums.get, reverse=True)[:LARGEST]}
    folder, files = tmp_path_factory.mktemp("metros"), {}
    for year, source in FILES.items():
        files[year] = folder / f"{year}.csv"
        with source.open() as file, files[year].open("w", newline="") as out:
            rows = csv.DictReader(file)
            writer = csv.DictWriter(out, rows.fieldnames)
            writer.writeheader()
            writer.writerows(row for row in rows if row["cbsa_code"] in wanted)
    return files


def test_a_real_metro_has_its_rank_peers_with_reasons_and_openings_with_odds(house, metros):
    house.session = house.person()
    for year, file in metros.items():
        said = house.cli(
            "import", "economy", "--name", "us-metros", "--title", "US metros", "--measure", "jobs", "--source",
            "US Census Bureau, County Business Patterns", "--licence", "public domain", "--published", f"{year + 2}-04-30",
            "--suppression", "cells that may not be told are not in the file", "--region", "cbsa_code", "--industry", "naics_code",
            "--value", "EMP", "--year", str(year), str(file)).stdout
        assert "refused 0" in said, said
    path = "/transition/e/us-metros"

    def read():
        page = house.session.get(f"{house.url}{path}/region", params={"region": METRO}, timeout=600)
        return page.status_code == 200 and "n = " in page.text and page.text
    page = wait_for(read, 240, "a forecast")
    assert re.search(r"<strong>\d+ / 15[01]</strong>", page), "its rank by complexity"
    peers = re.search(r'id="peers".*?</section>', page, re.S)[0]
    assert len(re.findall(r"<li>", peers)) == 8
    alike = re.findall(r'economy-reason">([^<]+)<', peers)
    assert alike and all(re.match(r"\d{4} \(", reason) for reason in alike)
    openings = re.search(r'id="openings".*?</section>', page, re.S)[0]
    rows = re.findall(r"<tr><th scope=\"row\">\d+(?:–\d+)?\. (\d{4})\b.*?</tr>", openings)
    assert len(rows) == 10 and len(set(rows)) == 10
    # None of them is something it is specialised in, or of which nothing is known: by the file itself.
    with metros[2019].open() as file:
        cells = {(row["cbsa_code"], row["naics_code"]): float(row["EMP"]) for row in csv.DictReader(file)}
    whole = sum(cells.values())
    own = sum(value for (metro, _), value in cells.items() if metro == METRO)
    for industry in rows:
        everywhere = sum(value for (_, other), value in cells.items() if other == industry)
        assert (cells[METRO, industry] / own) / (everywhere / whole) < 0.5, industry
    assert "P@1000" in openings and html.unescape(openings).count("%") >= 20
    tested = wait_for(
        lambda: (found := house.session.get(
            f"{house.url}{path}/backtest", params={"by": "alike", "from": 2018, "to": 2019}, timeout=600).text)
        and 'id="backtest-hits"' in found and found, 120, "a past forecast made anew")
    assert "귀무 모형" in tested or "Null model" in tested
    assert "앞 순위 100개" in tested or "Of the first 100" in tested
