"""Small documents of every kind, written for these tests, each saying the same two things."""

from __future__ import annotations

from datetime import UTC, datetime

URL = "https://wire.example/feeds/all"
FIRST = "Orrin & Vale names Tess Marlow chief executive"
SECOND = "Bluefjord to build a 300 MW data center in Oulu"
AT = datetime(2026, 5, 4, 8, 30, tzinfo=UTC)

RSS20 = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Sample Wire</title><link>https://wire.example/</link><description>d</description><ttl>30</ttl>
<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>12</sy:updateFrequency>
<atom:link rel="hub" href="https://hub.example/"/>
<skipHours><hour>1</hour><hour>24</hour></skipHours><skipDays><day>Sunday</day></skipDays>
<item><title>Orrin &amp;amp; Vale names Tess Marlow chief executive</title><link>https://wire.example/a?x=1&amp;y=2</link>
<guid isPermaLink="false">wire-1</guid><pubDate>Mon, 04 May 2026 10:30:00 +0200</pubDate>
<description>&lt;p&gt;She &lt;b&gt;joins&lt;/b&gt; in June.&lt;/p&gt;&lt;script&gt;bad()&lt;/script&gt;</description>
<source url="https://other.example/rss">Other Gazette</source></item>
<item><title><![CDATA[Bluefjord to build a 300 MW data center in Oulu]]></title><link>/b</link></item>
</channel></rss>"""
RSS091 = """<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Sample Wire</title><link>https://wire.example/</link><description>d</description>
<item><title>Orrin &amp; Vale names Tess Marlow chief executive</title><link>https://wire.example/a?x=1&amp;y=2</link></item>
<item><title>Bluefjord to build a 300 MW data center in Oulu</title><link>https://wire.example/b</link></item></channel></rss>"""
RDF = """<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://wire.example/"><title>Sample Wire</title><link>https://wire.example/</link>
<description>d</description></channel>
<item rdf:about="https://wire.example/a"><title>Orrin &amp; Vale names Tess Marlow chief executive</title>
<link>https://wire.example/a?x=1&amp;y=2</link><dc:date>2026-05-04T08:30:00Z</dc:date></item>
<item rdf:about="https://wire.example/b"><title>Bluefjord to build a 300 MW data center in Oulu</title>
<link>https://wire.example/b</link></item></rdf:RDF>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Sample Wire</title><id>urn:feed</id>
<link rel="self" href="https://wire.example/feeds/all"/><link rel="alternate" href="https://wire.example/"/>
<link rel="hub" href="https://hub.example/"/>
<entry><title type="html">Orrin &amp;amp; Vale names &lt;i&gt;Tess Marlow&lt;/i&gt; chief executive</title>
<id>tag:wire.example,2026:1</id><link href="/a?x=1&amp;y=2"/><published>2026-05-04T08:30:00Z</published>
<updated>2026-05-05T08:30:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>She <b>joins</b> in June.</p></div></content>
<source><title>Other Gazette</title></source></entry>
<entry><title>Bluefjord to build a 300 MW data center in Oulu</title><id>tag:wire.example,2026:2</id>
<link rel="alternate" href="https://wire.example/b"/></entry></feed>"""
JSON11 = """{"version": "https://jsonfeed.org/version/1.1", "title": "Sample Wire", "home_page_url": "https://wire.example/",
"hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
"items": [{"id": "wire-1", "url": "/a?x=1&y=2", "title": "Orrin &amp; Vale names Tess Marlow chief executive",
 "content_html": "<p>She <b>joins</b> in June.</p>", "date_published": "2026-05-04T10:30:00+02:00"},
 {"id": 2, "url": "https://wire.example/b", "title": "Bluefjord to build a 300 MW data center in Oulu"}]}"""
JSON10 = JSON11.replace("version/1.1", "version/1")
GOOGLE = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>"data center" - Google News</title><link>https://news.google.com/search?q=x</link>
<item><title>Orrin &amp; Vale names Tess Marlow chief executive - Other Gazette</title>
<link>https://news.google.com/rss/articles/CBMi?oc=5</link><guid isPermaLink="false">CBMi</guid>
<pubDate>Mon, 04 May 2026 08:30:00 GMT</pubDate>
<description>&lt;a href="https://news.google.com/rss/articles/CBMi"&gt;Orrin &amp;amp; Vale names Tess Marlow
chief executive&lt;/a&gt;&amp;nbsp;&amp;nbsp;&lt;font color="#6f6f6f"&gt;Other Gazette&lt;/font&gt;</description>
<source url="https://other.example">Other Gazette</source></item>
<item><title>Bluefjord to build a 300 MW data center in Oulu - Kalix Post</title>
<link>https://news.google.com/rss/articles/CBMj?oc=5</link><guid isPermaLink="false">CBMj</guid></item></channel></rss>"""
EDGAR = """<?xml version="1.0" encoding="ISO-8859-1" ?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Latest Filings</title>
<link rel="alternate" href="/cgi-bin/browse-edgar?action=getcurrent"/><updated>2026-05-04T04:31:10-04:00</updated>
<entry><title>8-K - ORRIN &amp; VALE INC (0001234567) (Filer)</title>
<link rel="alternate" type="text/html" href="https://www.sec.gov/Archives/edgar/data/1234567/000123456726000012-index.htm"/>
<summary type="html">
 &lt;b&gt;Filed:&lt;/b&gt; 2026-05-04 &lt;b&gt;AccNo:&lt;/b&gt; 0001234567-26-000012 &lt;b&gt;Size:&lt;/b&gt; 212 KB
&lt;br&gt;Item 5.02: Departure of Directors or Certain Officers; Election of Directors
&lt;br&gt;Item 9.01: Financial Statements and Exhibits
</summary><updated>2026-05-04T04:30:00-04:00</updated><category scheme="https://www.sec.gov/" label="form type" term="8-K"/>
<id>urn:tag:sec.gov,2008:accession-number=0001234567-26-000012</id></entry>
<entry><title>8-K - BLUEFJORD POWER CORP (0007654321) (Filer)</title>
<link rel="alternate" type="text/html" href="https://www.sec.gov/Archives/edgar/data/7654321/000765432126000034-index.htm"/>
<summary type="html">
 &lt;b&gt;Filed:&lt;/b&gt; 2026-05-04 &lt;b&gt;AccNo:&lt;/b&gt; 0007654321-26-000034 &lt;b&gt;Size:&lt;/b&gt; 3 MB
&lt;br&gt;Item 8.01: Other Events
</summary><id>urn:tag:sec.gov,2008:accession-number=0007654321-26-000034</id></entry></feed>"""
EMPTY = {
    "rss": '<rss version="2.0"><channel><title>Quiet</title></channel></rss>',
    "atom": '<feed xmlns="http://www.w3.org/2005/Atom"><title>Quiet</title></feed>',
    "json": '{"version": "https://jsonfeed.org/version/1.1", "title": "Quiet", "items": []}',
}
# What each registered source reads, by its kind.
XML_KINDS = {"rss20": RSS20, "rss091n": RSS091, "rss10": RDF, "atom10": ATOM}
JSON_KINDS = {"json1": JSON10, "json1.1": JSON11}
READS = {
    "syndication": XML_KINDS | JSON_KINDS,
    "jsonfeed": JSON_KINDS,
    "google_news": {"rss20": GOOGLE},
    "edgar": {"atom10": EDGAR},
}
# What the two things are called where a source has words of its own.
TITLES = {
    "edgar": [
        "ORRIN & VALE INC: departure or appointment of directors or officers (8-K, item 5.02)",
        "8-K - BLUEFJORD POWER CORP (0007654321) (Filer)",
    ],
}
PAGES = {
    "page": b"<!doctype html><html><head><title>Welcome &amp; hello</title></head><body>hi</body></html>",
    "fragment": b"\n<!-- c --><script>location='/'</script>",
    "xhtml": b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x">\n<html><title>T</title></html>',
    "challenge": b"<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>",
    "empty": b"",
    "blank": b" \n ",
    "text": b"not here",
    "opml": b'<opml version="2.0"><head><title>t</title></head><body/></opml>',
    "sitemap": b'<?xml version="1.0"?><urlset><url><loc>https://e.example/</loc></url></urlset>',
    "json": b'{"error": "no such feed"}',
    "json list": b"[1, 2]",
    "json cut": b'{"version": "https://jsonfeed.org/version/1.1", "items": [',
    "number": b'{"items": [' + b"1" * 10_000 + b"]}",
    "path": b"/etc/passwd",
    "url": b"http://127.0.0.1:9/feed.xml",
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
    "nulls": bytes(5000),
}
HOSTILE = {
    "deep": "<rss><channel>" + "<a>" * 5000,
    "attributes": "<rss><channel><item><title "
    + " ".join(f'a{i}="1"' for i in range(5000))
    + ">x</title></item></channel></rss>",
    "bomb": '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<rss version="2.0"><channel><title>x</title><item><title>&b;</title></item></channel></rss>',
    "quadratic": f'<!DOCTYPE rss [<!ENTITY a "{"h" * 1000}">]><rss version="2.0"><channel><title>x</title>'
    + f"<item><title>{'&a;' * 200}</title></item>" * 40
    + "</channel></rss>",
    "long entity": f'<!DOCTYPE rss [<!ENTITY a "{"h" * 5000}">]><rss version="2.0"><channel><title>&a;</title></channel></rss>',
    "file": '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
    "one text": '<rss version="2.0"><channel><title>x</title><item><title>' + "a" * 5_000_000 + "</title></item></channel></rss>",
    "loose tags": "<rss><channel>&nope;" + "<a>" * 400_000,
}
