"""The style sheets: every name defined, nothing from elsewhere, light enough for a slow line."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

ROOT = Path(finders.find("gongkai/tokens.css")).parent
SHEETS = sorted(ROOT.rglob("*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LIMIT = 60_000  # bytes of the first page with everything it loads, compressed


def css(path):
    return COMMENT.sub("", path.read_text("utf-8"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_custom_property_used_is_defined(sheet):
    defined = set(re.findall(r"(--[\w-]+)\s*:", css(ROOT / "tokens.css")))
    assert set(re.findall(r"var\((--[\w-]+)", css(sheet))) - defined == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_sheet_loads_nothing_and_its_braces_close(sheet):
    text = css(sheet)
    assert re.findall(r"@import|url\(|@font-face", text) == []
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_colours_are_named_once(sheet):
    if sheet.name in {"tokens.css", "contrast.css", "print.css"}:
        return
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", css(sheet)) == ["#ffffff"] * css(sheet).count("#ffffff")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/report-check/", "/accounts/login/"])
def test_a_first_page_is_light_and_loads_only_our_own(client, address):
    page = client.get(address).content
    links = re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"]+)"', page.decode())
    assert all(link.startswith("/static/gongkai/") for link in links)
    files = [Path(finders.find(link.removeprefix("/static/"))).read_bytes() for link in links]
    assert sum(len(gzip.compress(content)) for content in [page, *files]) < LIMIT
