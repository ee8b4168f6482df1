"""Every page there is, found by following links: it opens, it leads nowhere broken, and it is nobody else's."""
import html
import itertools
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
import requests

# How many pages are asked for at a time.
HANDS = 4
LEFT_OUT = re.compile(r"^/(language/|signout|assets/|live|setup/|signin)")


def links(page):
    """The addresses of this house that a page leads to."""
    base = page.url
    for href in re.findall(r'(?:href|src|hx-get)="([^"]*)"', page.text):
        address = urldefrag(urljoin(base, html.unescape(href)))[0]
        if urlsplit(address).netloc == urlsplit(base).netloc:
            parts = urlsplit(address)
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def shape(path):
    """A path with its identifiers left out, so that of a thousand pages of one kind a few are opened."""
    path, _, query = path.partition("?")
    parts = ["*" if re.search(r"\d", part) or len(part) > 24 or "-" in part else part for part in path.split("/")]
    return "/".join(parts) + "?" + "&".join(sorted(pair.split("=")[0] for pair in query.split("&")))


def crawl(person, most=400, each=4):
    """Pages by address, followed from the first one, a few at a time; of each shape a few."""
    waiting, seen, shapes, pages = ["/"], {"/"}, {}, {}

    def chosen():
        """The next that are not of a shape of which there are enough."""
        while waiting:
            path = waiting.pop(0)
            kind = shape(path)
            if shapes.get(kind, 0) < each and not LEFT_OUT.match(path):
                shapes[kind] = shapes.get(kind, 0) + 1
                yield path

    with ThreadPoolExecutor(HANDS) as hands:
        while len(pages) < most and (some := list(itertools.islice(chosen(), min(2 * HANDS, most - len(pages))))):
            for path, answer in zip(some, hands.map(person.page, some)):
                pages[path] = answer
                if "text/html" in answer.headers.get("Content-Type", ""):
                    for link in links(answer):
                        if link not in seen:
                            seen.add(link)
                            waiting.append(link)
    return pages


@pytest.fixture(scope="module")
def gaon(sample):
    return sample.member("firm-gaon", "safetyManager")


@pytest.fixture(scope="module")
def haesol(sample):
    """Of a firm that has no contract with the other."""
    return sample.member("firm-haesol", "safetyManager")


@pytest.fixture(scope="module")
def pages(gaon):
    return crawl(gaon)


@pytest.mark.parametrize("role", ["executive", "worker", "safetyManager"])
def test_whoever_works_in_a_firm_finds_no_broken_page(sample, role):
    found = crawl(sample.member("firm-gaon", role), most=250, each=2)
    broken = {path: page.status_code for path, page in found.items() if page.status_code >= 500 or page.status_code == 404}
    assert not broken
    assert len(found) > 15


def test_the_zone_finds_no_broken_page(sample):
    found = crawl(sample.member("", "zoneOfficer"), most=300, each=2)
    assert not {path: page.status_code for path, page in found.items() if page.status_code >= 500 or page.status_code == 404}
    assert len(found) > 20


def test_no_page_of_a_firm_opens_for_another_firm_or_a_stranger(sample, pages, haesol):
    own = re.compile(r"가온|Gaon|firm-gaon|gaon-")
    marked = [path for path, page in pages.items() if page.status_code == 200 and own.search(page.text)]
    assert len(marked) > 10, "the sample has pages that bear the firm's name"
    leaks = []
    whoever = {"haesol": haesol.get, "a stranger": requests.get}
    tries = [(path, who) for path in marked for who in whoever]
    with ThreadPoolExecutor(HANDS) as hands:
        answers = list(hands.map(lambda one: whoever[one[1]](sample.url + one[0], timeout=60), tries))
    for (path, who), answer in zip(tries, answers):
        assert answer.status_code < 500, f"{who} {path}"
        # What the address itself says may be said back.
        text = answer.text.replace(path, "").replace(html.escape(path), "")
        named = own.search(text)
        if answer.status_code == 200 and named and not path.startswith(("/r/", "/m/", "/packs/")):
            asked = own.search(path)
            if not (asked and set(own.findall(text)) <= set(own.findall(path))):
                leaks.append(f"{who} sees {named[0]} on {path}")
    assert not leaks


def test_nothing_a_firm_asks_for_changes_what_is_anothers(sample, pages, haesol):
    """Every command, with every identifier that the other firm's pages bear, by one who is not of that firm."""
    named = {}
    for path in pages:
        for part in re.split(r"[/?&=]", path):
            if re.fullmatch(r"[0-9a-f]{8}-[0-9a-f-]{27}|gaon-[a-z0-9-]+", part):
                named.setdefault(path.split("/")[1] + "/" + "/".join(path.split("/")[2:3]), []).append(part)
    identifiers = sorted({part for parts in named.values() for part in parts[:3]})[:40]
    forms = haesol.page("/api/v1/commands").json()["commands"]

    def filled(schema, identifier):
        values = {}
        for name, field in schema.get("properties", {}).items():
            kind = field.get("type")
            if "oneOf" in field:
                values[name] = field["oneOf"][0]["const"]
            elif kind in ("number", "integer"):
                values[name] = field.get("minimum", 1)
            elif kind == "boolean":
                values[name] = True
            elif field.get("format") == "date-time":
                values[name] = "2026-11-21T09:00:00+09:00"
            elif kind == "string":
                values[name] = "0" * 64 if "pattern" in field else identifier
            elif kind == "array":
                values[name] = []
        return values

    tried = 0
    for form in forms:
        name = form["name"]
        schema = haesol.page(f"/api/v1/commands/{name}")
        if schema.status_code != 200:
            continue
        with ThreadPoolExecutor(HANDS) as hands:
            answers = list(hands.map(lambda identifier: haesol.call(name, **filled(schema.json(), identifier)), identifiers))
        for identifier, answer in zip(identifiers, answers):
            tried += 1
            assert answer.status_code < 500, f"{name} with {identifier}: {answer.text}"
    assert tried >= len(identifiers) * 3 > 0
    with closing(sqlite3.connect(sample.data / "record.sqlite", timeout=30)) as db:
        person = db.execute("SELECT id FROM access_people WHERE name = ?", (haesol.name,)).fetchone()[0]
        theirs = db.execute(
            "SELECT type, stream FROM record_events WHERE scope = 'firm:firm-gaon' AND author = ?", (f"person:{person}",)).fetchall()
    assert theirs == []
