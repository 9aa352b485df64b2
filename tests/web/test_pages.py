"""What the pages say: in their titles, of times and errors, where there is nothing, and where there is more than they show."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

import monitor.store.tables as rows
import monitor.surfaces.web.sums as sums
from monitor import query, searches
from monitor.app import App
from monitor.changes import change_line
from monitor.filtering import read
from monitor.model import Change, DeliveryState, StoryId
from monitor.store import sqlite as dialect
from monitor.summaries import Balance
from tests.api.conftest import client_of, fill, opened
from tests.api.test_access import token
from tests.store.build import MOVE, NOW, at, founded, item
from tests.web.conftest import Site


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with opened(tmp_path) as made:
        yield made


@pytest.fixture
def client(app: App) -> TestClient:
    fill(app.store)
    return client_of(app)


def title(client: TestClient, path: str) -> str:
    found = re.search(r"<title>(.*?)</title>", client.get(path).text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/?since=lately&label=infrastructure", "since: &#39;lately&#39; is not a time; write 12h"),
        ("/?labels=infrastructure", "there is no filter &#39;labels&#39;; did you mean &#39;label&#39;?"),
        ("/?cursor=zzz", "cursor: no page of this list gave it out"),
        ("/flows?since=lately", "since: &#39;lately&#39; is not a time"),
        ("/flows?cursor=zzz", "there is no filter &#39;cursor&#39;"),
        ("/flows?changed_after=7d", "there is no filter &#39;changed_after&#39; here"),
        ("/buildouts?feed=wire", "there is no filter &#39;feed&#39; here"),
        ("/buildouts?cursor=zzz", "cursor: no page of this list gave it out"),
        ("/organisations/Acme?status=sure", "status"),
        ("/feeds?state=sick", "it is one of ok, failing, quiet, resting"),
        ("/deliveries?chanel=desk", "did you mean &#39;channel&#39;?"),
        ("/deliveries?since=lately", "since: &#39;lately&#39; is not a time"),
        ("/feeds?status=failing", "did you mean &#39;state&#39;?"),
        ("/deliveries?state=sick", "it is one of pending, sending, sent, dead"),
    ],
)
def test_an_address_that_cannot_be_read_shows_no_list_under_it(client: TestClient, path: str, why: str) -> None:
    """A list of everything under a filter that was not applied is taken for what the filter found."""
    answer = client.get(path)
    assert answer.status_code == 400 and answer.headers["content-type"].startswith("text/html")
    main = answer.text.partition("<main")[2]
    assert "<h1>Invalid request</h1>" in main and why in main
    assert "data-item" not in main and "<table" not in main
    plain = path.partition("?")[0]
    assert f'href="{plain}"' in main, "the page without its filters"
    if "label=" in path:
        assert 'href="/?label=infrastructure"' in main, "each part can be taken off alone"


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ('org:Acme since:7d "data center"', "/?org=Acme&since=7d&q=%22data+center%22"),
        ("severity>=high", "/?severity=%3E%3Dhigh"),
        ("amount>=5bn", "/?amount=5bn"),
    ],
)
def test_the_search_box_takes_the_words_that_every_search_takes(client: TestClient, typed: str, asked: str) -> None:
    answer = client.get("/", params={"q": typed})
    assert (answer.status_code, answer.headers["location"]) == (303, asked)
    assert client.get(asked).status_code == 200


def test_the_search_box_takes_what_a_telephone_makes_of_the_words(client: TestClient) -> None:
    assert client.get("/", params={"q": "Org:Umbrella"}).headers["location"] == "/?org=Umbrella"
    assert client.get("/", params={"q": "org:“Acme Corp”"}).headers["location"] == "/?org=Acme+Corp"
    plain, paired = (client.get("/", params={"q": words}).text for words in ('"Jane Doe"', "“Jane Doe”"))
    assert plain.count("data-item") == paired.count("data-item") == 12
    for words in ("“Doe Jane”", '"Doe Jane"'):
        assert "No alert matches" in client.get("/", params={"q": words}).text, "a phrase, not its words"
    meant = client.get("/", params={"q": "amount>5bn"})
    assert meant.status_code == 400 and "write amount:VALUE or amount&gt;=VALUE" in meant.text


def test_a_slip_in_the_search_box_is_told_and_a_headline_with_a_colon_is_looked_for(client: TestClient) -> None:
    slip = client.get("/", params={"q": "orgs:Acme"})
    assert slip.status_code == 400 and "did you mean &#39;org&#39;?" in slip.text
    for words in ("update: Acme names chief", "https://wire.example/1", '"org:Acme"', "two  spaces"):
        assert client.get("/", params={"q": words}).status_code == 200, words


def test_a_page_of_sums_puts_no_period_of_its_own_beside_one_that_is_given(client: TestClient, app: App) -> None:
    """An end before the usual 90 days had an empty page, and a saved search's period was replaced by them."""
    searches.save(app.store, "early", read("until:2020-01-01"), NOW, app.settings)
    usual = 'aria-current="true">90 days'
    for path in ("/flows?until=2020-01-01", "/buildouts?search=early", "/organisations?search=early"):
        page = client.get(path)
        assert page.status_code == 200 and usual not in page.text, path
    assert usual in client.get("/flows").text and usual in client.get("/flows?org=Acme").text


def test_a_period_up_to_now_takes_the_place_of_one_that_ended(client: TestClient) -> None:
    """Beside an end of years ago it would be none at all."""
    assert 'href="/flows?org=Acme&amp;since=7d"' in client.get("/flows?org=Acme&until=2020-01-01").text
    assert 'href="/?org=Acme&amp;since=7d"' in client.get("/?org=Acme&until=2020-01-01").text


def test_several_of_a_level_are_said_as_several() -> None:
    gained = {"board": 2, "chief": 2, "vice_president": 1, "head": 0}
    balance = Balance(org="Acme", gained_by_seniority=gained, lost_by_seniority={"specialist": 2})
    assert sums.levels(balance) == "in: 2 board, 2 chiefs, 1 vice president; out: 2 specialists"


def test_the_api_s_page_shows_names_as_code(client: TestClient) -> None:
    page = client.get("/docs").text
    assert "With <code>changed_after</code> the oldest change comes first" in page and "`" not in page.partition("<main")[2]


def test_the_api_s_page_says_what_a_request_holds_and_what_it_needs(client: TestClient, tmp_path: Path) -> None:
    page = client.get("/docs").text
    saved = page.partition("POST /api/v1/silences</code>")[2].partition("</section>")[0]
    assert re.findall(r"<code>(\w+)</code></th>", saved) == ["match", "lasts", "starts_at", "comment"]
    assert saved.count("Optional.") == 2 and "12h, 7d or 2w" in saved
    assert "<td>1 to 1000</td>" in page and "An id, or its beginning." in page
    assert "No token is needed here." in page and "Authorization: Bearer" not in page


@pytest.mark.parametrize("path", ["/events/nope", "/deliveries/nope", "/organisations/nobody", "/nowhere"])
def test_what_is_not_found_has_a_heading(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"accept": "text/html"})
    assert answer.status_code == 404 and answer.text.count("<h1>Not found</h1>") == 1


def test_people_get_a_page_where_programs_get_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word that is none, a database that is locked, a token that may only read."""
    monkeypatch.setattr(dialect, "BUSY_SECONDS", 0.05)
    with opened(tmp_path) as app:
        fill(app.store, 1)
        client, event = client_of(app), query.events(app.store).items[0].id
        odd = client.post(f"/events/{event}/feedback", data={"kind": "odd"})
        with closing(sqlite3.connect(tmp_path / "movewire.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            busy = client.post(f"/events/{event}/feedback", data={"kind": "relevant"})
            other.execute("ROLLBACK")
    assert (odd.status_code, busy.status_code, busy.headers["retry-after"]) == (400, 503, "1")
    assert "<h1>Temporarily unavailable</h1>" in busy.text and "ask again" in busy.text
    for answer in (odd, busy):
        assert answer.headers["content-type"].startswith("text/html") and answer.headers["content-security-policy"]


def test_who_may_only_read_is_told_on_a_page_and_can_log_out(tmp_path: Path) -> None:
    with opened(tmp_path, auth="token") as app:
        fill(app.store, 1)
        client, good = client_of(app), token(app)
        assert "Log out" not in client.get("/login").text
        wrong = client.post("/login", data={"token": "x"})
        assert wrong.status_code == 401 and wrong.text.count("This token is not valid, or no longer.") == 1
        client.post("/login", data={"token": good})
        page = client.get("/")
        assert 'action="/logout"' in page.text and "Log out" in page.text
        refused = client.post("/searches", data={"name": "x", "words": "q"})
        assert refused.status_code == 403 and "<h1>Not allowed</h1>" in refused.text and "may read only" in refused.text
        event = query.events(app.store).items[0].id
        pressed = client.post(f"/events/{event}/feedback", data={"kind": "relevant"})
        for answer, page_of in ((refused, "/searches"), (pressed, f"/events/{event}")):
            assert f'href="{page_of}">Back to the page' in answer.text, "the button's own page is the way on"


def test_a_filter_is_given_and_shown_in_the_words_of_the_lists(client: TestClient) -> None:
    page = client.get("/", params=[("status", "rumoured"), ("label", "executive_move"), ("org", "under_way")])
    assert page.status_code == 200
    chips = re.findall(r'title="Remove this filter">([^<]+)<', page.text)
    assert chips == ["status: rumoured", "label: executive move", "org: under_way"]


def test_a_title_tells_the_filters_apart(client: TestClient) -> None:
    assert title(client, "/") == "Alerts · Movewire"
    assert title(client, "/?q=Acme&label=infrastructure") == "q: Acme, label: infrastructure · Alerts · Movewire"
    assert title(client, "/flows?to=Acme&since=7d") == "to: Acme · Talent flows · Movewire"


def test_another_period_keeps_every_filter(client: TestClient) -> None:
    page = client.get("/flows?org=Acme&org=Globex&since=7d").text
    assert 'href="/flows?org=Acme&amp;org=Globex&amp;since=30d"' in page


def test_news_is_listened_for_under_the_filter_in_force(client: TestClient) -> None:
    """Else a page of one firm says "1 new alert" of another and, asked to show it, shows nothing."""
    page = client.get("/?q=Penhallow&changed_after=1d").text
    assert '<div role="status" data-stream="/api/v1/stream?q=Penhallow">' in page, "said to those who do not see it, too"


def test_every_time_says_its_zone(site: Site) -> None:
    client = client_of(site.app)
    listed = client.get("/").text
    assert re.search(r'<h2 class="day">\w{3} \d+ \w{3} 2026, UTC</h2>', listed)
    event = re.findall(r"/events/\w+", listed)[0]
    for path in ("/feeds", "/deliveries", event):
        times = re.findall(r"2026-\d\d-\d\d \d\d:\d\d(.{0,4})", client.get(path).text)
        assert times and set(times) == {" UTC"}, path


def test_where_nothing_was_told_there_is_nothing_to_narrow(tmp_path: Path) -> None:
    """The last day, week and month stood beside "No alert yet"; a filter that finds nothing keeps what it was chosen from."""
    with opened(tmp_path) as app:
        page = client_of(app)
        assert 'class="facetbox"' not in page.get("/").text and "No alert yet" in page.get("/").text
        assert 'class="facetbox"' in page.get("/?since=1d").text


def test_the_heading_of_the_alerts_stands_before_the_filters(client: TestClient) -> None:
    page = client.get("/").text
    assert page.index("<h1") < page.index("<h2")


@pytest.mark.parametrize(
    ("path", "way_out"),
    [
        ("/", 'href="/feeds"'),
        ("/?q=nothing", 'href="/"'),
        ("/flows", "Try a longer period"),
        ("/buildouts", "Try a longer period"),
        ("/organisations", "Try a longer period"),
        ("/feeds", "<p>No feed yet.</p><p><code>movewire feeds add ADDRESS</code>"),
        ("/feeds?state=failing", '<p>No feed is failing.</p><p><a href="/feeds">'),
        ("/deliveries", "movewire routes test"),
        ("/deliveries?state=dead", '<p>No delivery is dead.</p><p><a href="/deliveries">'),
    ],
)
def test_where_there_is_nothing_a_page_says_what_to_do(app: App, path: str, way_out: str) -> None:
    answer = client_of(app).get(path)
    assert answer.status_code == 200 and way_out in answer.text.partition('class="empty"')[2]


def given_up(app: App) -> str:
    """The id of one of two dead letters."""
    fill(app.store, 2)
    app.store.transact(lambda tx: tx.connection.execute(update(rows.deliveries).values(state=DeliveryState.DEAD.value)))
    return query.deliveries(app.store).items[0].id


def test_deliveries_say_what_they_tell_even_beside_a_damaged_one(app: App) -> None:
    given_up(app)
    damaged = query.deliveries(app.store).items[0].alert_id
    where = rows.alerts.c.id == damaged
    app.store.transact(lambda tx: tx.connection.execute(update(rows.alerts).where(where).values(event="{")))
    page = client_of(app).get("/deliveries").text
    assert "(the stored message is damaged)" in page
    assert "Jane Doe: Globex → Acme Corp., chief executive officer</a>" in page


def test_a_retry_comes_back_to_where_its_button_was(app: App) -> None:
    dead, client = given_up(app), client_of(app)
    for path in ("/deliveries?state=dead", f"/deliveries/{dead}"):
        assert f'name="back" value="{path}"' in client.get(path).text
    answer = client.post(f"/deliveries/{dead}/retry", data={"back": "/deliveries?state=dead"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/deliveries?state=dead")
    elsewhere = client.post(f"/deliveries/{dead}/retry", data={"back": "https://evil.example"})
    assert elsewhere.headers["location"] == "/"
    assert query.delivery(app.store, dead).delivery.state == DeliveryState.PENDING


def test_a_retry_of_what_was_sent_meanwhile_is_refused_in_words(app: App) -> None:
    dead, client = given_up(app), client_of(app)
    app.store.transact(lambda tx: tx.connection.execute(update(rows.deliveries).values(state=DeliveryState.SENT.value)))
    answer = client.post(f"/deliveries/{dead}/retry", headers={"accept": "text/html"})
    assert answer.status_code == 409 and f"delivery {dead} was sent already and is not sent twice" in answer.text
    assert answer.text.startswith("<!doctype html>")


@pytest.mark.parametrize("span", ["since=365d", "since=2026-01-01&amp;until=2027-01-01"])
def test_a_page_of_sums_leads_to_organisations_in_its_own_period(client: TestClient, span: str) -> None:
    """A year's list had led to pages of the last 90 days, on which nobody came and nothing was built."""
    asked = span.replace("&amp;", "&")
    assert f'href="/organisations/Acme%20Corp.?{span}"' in client.get(f"/flows?{asked}").text
    assert f'href="/organisations/Acme%20Corp.?{span}"' in client.get(f"/organisations?{asked}").text
    buildouts = client.get(f"/buildouts?{asked}&status=confirmed").text
    assert f'href="/organisations/Umbrella?{span}"' in buildouts
    assert f'href="/buildouts?{span}&amp;status=confirmed&amp;project=Hyperion"' in buildouts, "with all else that is asked"
    one = client.get(f"/organisations/Acme%20Corp.?{asked}").text
    assert f'href="/organisations/Globex?{span}"' in one and f'href="/organisations?{span}"' in one


def test_a_page_of_sums_shows_every_filter_it_goes_by(client: TestClient) -> None:
    """But for a period that is one of its buttons: that one is marked."""
    for path in ("/flows", "/buildouts", "/organisations", "/organisations/Acme%20Corp."):
        page = client.get(f"{path}?since=2026-01-01&status=confirmed").text
        assert f'<a href="{path}?status=confirmed" title="Remove this filter">since: 2026-01-01</a>' in page
        assert f'<a href="{path}?since=2026-01-01" title="Remove this filter">status: confirmed</a>' in page
        assert f'href="{path}?status=confirmed&amp;since=30d"' in page, "another period of the same question"
        assert "since: 30d" not in client.get(f"{path}?since=30d").text


def test_deliveries_of_one_channel_are_asked_for_as_everywhere(client: TestClient) -> None:
    page = client.get("/deliveries?state=pending").text
    assert 'href="/deliveries?state=pending&amp;channel=slack"' in page, "each row leads to its channel"
    page = client.get("/deliveries?state=pending&channel=slack&since=7d").text
    assert page.count("data-item") == 12
    assert '<a href="/deliveries?state=pending&amp;since=7d" title="Remove this filter">' in page
    assert 'href="/deliveries?channel=slack&amp;since=7d&amp;state=sent"' in page, "another state of the same channel"
    nothing = client.get("/deliveries?channel=terminal").text
    assert "<p>No delivery matches.</p>" in nothing
    unknown = client.get("/deliveries?channel=slak")
    assert unknown.status_code == 404 and "did you mean &#39;slack&#39;?" in unknown.text


def test_an_event_leads_to_its_deliveries_and_an_organisation_to_its_alerts(client: TestClient, app: App) -> None:
    one = query.deliveries(app.store).items[0]
    event = query.alert(app.store, one.alert_id or "").event.event.id
    assert f'href="/deliveries/{one.id}"' in client.get(f"/events/{event}").text
    assert 'href="/?org=Acme+Corp.&amp;since=7d"' in client.get("/organisations/Acme%20Corp.?since=7d").text


def test_a_table_that_is_cut_says_so(client: TestClient, app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    leaver = replace(MOVE, person="Ann Roe", from_org="Initech")
    app.store.transact(lambda tx: tx.record_poll(founded(70, moves=(leaver,), keys=("person:ann roe",))))
    assert "the first" not in client.get("/flows").text
    for name in ("MOST_PAIRS", "MOST_NAMES", "MOST_ORGANISATIONS"):
        monkeypatch.setattr(sums, name, 1)
    flows = client.get("/flows").text
    assert "The chart as a table; the first 1 of 2<" in flows and "levels shown; the first 1 of 3<" in flows
    assert "The busiest 1 of 4." in client.get("/organisations").text


def test_every_picture_has_a_table_that_says_the_same(client: TestClient) -> None:
    """The bars stand by month: so does a table, whose months lead to what they count."""
    page = client.get("/buildouts").text
    assert "the table by month has the same data" in page and "<h2>By month</h2>" in page
    month = page.partition("<h2>By month</h2>")[2].partition("</table>")[0]
    assert 'href="/?label=infrastructure&amp;since=2026-05-01&amp;until=2026-06-01">2026-05</a>' in month
    assert "$3 billion" in month and "400 MW" in month


def test_a_change_says_the_status_as_people_say_it() -> None:
    change = Change(at=NOW, kind="founded", after="rumored", story_id=StoryId("s"))
    assert change_line(change) == "first reported as: rumoured"


def test_an_event_that_waits_for_a_digest_says_so_and_later_that_a_digest_told_it(app: App) -> None:
    """It said that nobody was told, as the routes had chosen no channel."""
    waits = item(founded(0), 60)
    app.store.transact(lambda tx: tx.record_poll(waits))
    page = client_of(app).get(f"/events/{waits.events[0].id}").text
    assert "waits for the digest" in page and "Nobody was told" not in page
    assert app.store.close_digests(at(60)) == 1
    page = client_of(app).get(f"/events/{waits.events[0].id}").text
    assert ">digest</td>" in page and "waits for the digest" not in page
