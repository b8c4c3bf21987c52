import json
import re
import urllib.error
import urllib.request

import pytest
from fake_desk import FakeDesk

from ui.page import head_html, head_tags


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as response:
        text: str = response.read().decode()
        return text


def test_the_head_says_what_is_loaded() -> None:
    html = head_html(FakeDesk())
    assert "Loaded: 2 inspection reports and 1 digest, 2015 to 2022" in html
    assert "Digest of the panel paper on &lt;Northmoor&gt;" in html


def test_the_page_names_no_font_or_style_of_another_host(address: str) -> None:
    theme = read(f"{address}theme.css")
    fetched = r"url\((?!['\"]?data:)|@import|@font-face"
    loaded = re.findall(r'(?:src|href)="(https?:[^"]*)"', read(address)) + re.findall(fetched, theme)
    assert loaded == []
    assert re.findall(fetched, head_tags()) == []


def test_the_browser_is_told_to_load_nothing_from_elsewhere(address: str) -> None:
    with urllib.request.urlopen(address, timeout=30) as response:
        policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "http" not in policy


def test_the_page_offers_two_functions_to_programs_and_sends_no_statistics(address: str) -> None:
    config = json.loads(read(f"{address}config"))
    offered = {each["api_name"] for each in config["dependencies"] if each["api_visibility"] != "private"}
    assert offered == {"ask", "find"}
    assert config["analytics_enabled"] is False
    assert config["footer_links"] == []


@pytest.mark.parametrize("path", ["gradio_api/upload", "gradio_api/file=/etc/hostname", "manifest.json", "monitoring"])
def test_doors_the_page_does_not_use_are_shut(address: str, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404") as refused:
        read(f"{address}{path}")
    refused.value.close()
