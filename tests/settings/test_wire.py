"""Which addresses can be asked at all."""

from __future__ import annotations

import httpx
import pytest

from monitor.settings.wire import is_web_address


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/feed.xml",
        "https://example.org./feed.xml",
        "http://127.0.0.1:8099/",
        "http://[::1]:80/",
        "https://my_host.example/",
        "https://bücher.example/feed",
        "https://xn--bcher-kva.example/feed",
        "https://www.xn--i-7iq.ws/feed",
        "https://my_feed.xn--p1ai/",
        "https://r5---sn-abc.xn--p1ai/",
        "https://xn--fa-hia.de/",  # faß.de, which the standard library takes for another name
    ],
)
def test_addresses_that_can_be_asked(url: str) -> None:
    assert is_web_address(url)
    assert httpx.Request("GET", url).url.host


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "ftp://example.org/",
        "https://",
        "https://a..b/",
        f"https://{'a' * 64}.example/",
        "https://xn--a/feed",  # codes nothing
        "https://☃.example/",
        "https://example.org:99999/",
        "http://[::1",
    ],
)
def test_addresses_of_which_no_request_can_be_made(url: str) -> None:
    assert not is_web_address(url)
