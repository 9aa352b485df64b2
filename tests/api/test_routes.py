"""The other routes: events, stories, flows, buildouts, organisations, care, feedback, feeds out."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

import monitor.store.tables as rows
from monitor import query
from monitor.app import App
from monitor.model import DeliveryState, Feed, FeedId, FeedState, Status
from monitor.results import Tried
from monitor.settings.schema import Route
from monitor.surfaces.details import EventTold
from tests.api.conftest import client_of, opened
from tests.api.test_access import bearer, token
from tests.claims import claims, ended
from tests.store.build import MOVE, at, founded
from tests.store.turns import again, attempt

API = "/api/v1"


ATOM = "{http://www.w3.org/2005/Atom}"


def get(client: TestClient, path: str) -> Any:
    answer = client.get(f"{API}{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("of", ["events", "stories"])
def test_events_and_stories_are_paged_filtered_and_shown(client: TestClient, of: str) -> None:
    items = get(client, f"/{of}?label=executive_move&limit=4")["items"]
    assert len(items) == 4
    assert len(list(csv.reader(io.StringIO(client.get(f"{API}/{of}?format=csv").text)))) == 13
    assert get(client, f"/{of}/{items[0]['id']}")["event" if of == "events" else "story"] == items[0]
    assert client.get(f"{API}/{of}/none").status_code == 404


def test_no_route_passes_over_a_parameter_it_does_not_know(client: TestClient) -> None:
    """A filter that is not applied would be taken for one that was; names with slashes are no exception."""
    asked = [path for path, methods in client.get("/openapi.json").json()["paths"].items() if "get" in methods]
    assert f"{API}/organisations/{{name}}" in asked
    for path in asked:
        answer = client.get(f"{path.replace('{name}', 'Acme/Corp')}?nope=1")
        assert answer.status_code == 400 and answer.json()["parameter"] == "nope", path


def test_an_event_has_its_stories_evidence_timeline_and_deliveries(client: TestClient) -> None:
    told = get(client, f"/events/{get(client, '/events?limit=1')['items'][0]['id']}")
    assert set(told) == set(EventTold.__annotations__) and told["sources"] == {} and told["corrections"] == []
    assert told["members"][0]["relation"] == "founder" and told["members"][0]["matches"][0]["score"] == 0.9
    assert told["deliveries"][0]["state"] == "pending" and len(told["alerts"]) == 1


def test_stories_know_their_feed(client: TestClient) -> None:
    for feed in ("feed-1", "Example Wire", "example wire"):
        assert len(get(client, f"/stories?feed={feed}")["items"]) == 12
    unknown = client.get(f"{API}/stories?feed=Exmple Wire")
    assert (unknown.status_code, unknown.json()["detail"]) == (404, "no feed 'Exmple Wire': did you mean 'Example Wire'?")
    assert client.get(f"{API}/events?feed=feed-1").status_code == 400


def test_flows_are_told_in_each_form(client: TestClient) -> None:
    told = get(client, "/flows")
    assert told["events"] == 6 and told["flows"][0]["from"] == "Globex" and told["flows"][0]["chief"] == 6
    assert {b["org"]: b["net"] for b in told["balances"]} == {"Globex": -6, "Acme Corp.": 6}
    rows = list(csv.DictReader(io.StringIO(client.get(f"{API}/flows?format=csv&by=organisation").text)))
    assert {row["org"] for row in rows} == {"Globex", "Acme Corp."}
    assert json.loads(client.get(f"{API}/flows?format=ndjson").text.splitlines()[0])["to"] == "Acme Corp."
    assert client.get(f"{API}/flows?by=town").json()["parameter"] == "by"
    assert client.get(f"{API}/flows?label=infrastructure").status_code == 400


def test_buildouts_are_a_ledger_and_add_up(client: TestClient) -> None:
    rows = get(client, "/buildouts?limit=5")["items"]
    assert [row["amount"] for row in rows] == [3e9] * 5 and not any(row["counted"] for row in rows)
    assert get(client, "/buildouts?until=2026-05-04T12:02:00Z")["items"][0]["counted"], "the first to tell it"
    totals = get(client, "/buildouts/totals")
    assert totals["whole"]["events"] == 6 and totals["whole"]["amount"] == 3e9 == totals["organisations"][0]["planned_amount"]
    assert [m["name"] for m in totals["months"]] == ["2026-05"]
    assert "Hyperion,6,3000000000" in client.get(f"{API}/buildouts/totals?format=csv&by=project").text
    assert get(client, "/buildouts/totals?progress=open")["whole"]["events"] == 0


def test_moves_are_told_one_by_one(app: App, client: TestClient) -> None:
    """Who moved, from whom, to whom: in a list of alerts that stood as a document in one cell of a table."""
    two = (replace(MOVE, person="Ada Quill"), replace(MOVE, person="", group="two deputies", to_role=""))
    app.store.transact(lambda tx: tx.record_poll(founded(70, at(70), moves=two)))
    app.store.transact(lambda tx: tx.record_poll(founded(71, at(71), moves=())))
    whole = get(client, "/moves")["items"]
    assert [(row["person"], row["group"], row["action"]) for row in whole[:3]] == [
        ("", "", None),
        ("Ada Quill", "", MOVE.action),
        ("", "two deputies", MOVE.action),
    ]
    assert len(whole) == 9 and {row["to_org"] for row in whole[1:]} == {"Acme Corp."} and whole[0]["headline"]
    pages, url = [], f"{API}/moves?limit=2"
    while url:
        page = client.get(url).json()
        pages, url = [*pages, page["items"]], page["next_url"]
    assert [row for page in pages for row in page] == whole and max(map(len, pages)) == 2, "and an event is not torn apart"
    assert [len(page) for page in pages[:2]] == [1, 2]
    assert len(client.get(f"{API}/moves?limit=1&since=2026-05-04T13:09Z&until=2026-05-04T13:11Z").json()["items"]) == 2
    lines = list(csv.DictReader(io.StringIO(client.get(f"{API}/moves?format=csv&person=Quill").text)))
    assert [line["person"] for line in lines] == ["Ada Quill", ""] and lines[0]["from_org"] == "Globex"
    assert client.get(f"{API}/moves?label=infrastructure").status_code == 400


def test_organisations_are_listed_with_their_counts_and_addresses(client: TestClient) -> None:
    """Who hires, who loses, who builds, in a period: flows and totals each had their part of it, and no page went on."""
    whole = get(client, "/organisations")
    assert [row["name"] for row in whole["items"]] == ["Umbrella", "Acme Corp.", "Globex"], "of as many events the richer first"
    umbrella, acme, globex = whole["items"]
    assert (acme["gained"], acme["lost"], acme["net"], acme["builds"]) == (6, 0, 6, 0)
    assert (globex["lost"], globex["net"], umbrella["builds"], umbrella["amount"]) == (6, -6, 6, 3e9)
    told = client.get(acme["url"]).json()
    assert told["name"] == "Acme Corp." and told["balance"]["gained"] == 6
    assert len(client.get(acme["alerts_url"]).json()["items"]) == 6
    first = get(client, "/organisations?limit=2")
    last = client.get(first["next_url"]).json()
    assert [*first["items"], *last["items"]] == whole["items"] and last["next"] is None
    assert client.get(f"{API}/organisations?cursor={get(client, '/alerts?limit=1')['next']}").status_code == 400
    assert client.get(f"{API}/organisations?label=infrastructure").status_code == 400


def test_the_addresses_of_organisations_keep_what_was_asked(client: TestClient) -> None:
    (row,) = get(client, "/organisations?org=Umbrella&since=2026-05-04&severity>=low&project=Hyperion")["items"]
    assert row["url"] == f"{API}/organisations/Umbrella?since=2026-05-04&severity%3E=low"
    assert row["alerts_url"] == f"{API}/alerts?org=Umbrella&since=2026-05-04&severity%3E=low&project=Hyperion"
    assert client.get(row["url"]).json()["built"]["events"] == 6 == len(client.get(row["alerts_url"]).json()["items"])


def test_organisations_as_csv_are_the_whole_list(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"{API}/organisations?format=csv").text)))
    assert [(row["name"], row["net"]) for row in rows] == [("Umbrella", "0"), ("Acme Corp.", "6"), ("Globex", "-6")]
    chosen = client.get(f"{API}/organisations?format=ndjson&fields=name,alerts_url&limit=1").text
    assert json.loads(chosen) == {"name": "Umbrella", "alerts_url": f"{API}/alerts?org=Umbrella"}


def test_an_organisation_is_found_by_its_name(client: TestClient) -> None:
    told = get(client, "/organisations/acme")
    assert told["balance"]["gained"] == 6 and told["joined"] and not told["left"]
    assert get(client, "/organisations/Umbrella?since=1y")["built"]["amount"] == 3e9
    assert client.get(f"{API}/organisations/nobody/at%20all").status_code == 404


def test_a_part_of_a_name_is_told_whose_it_is(client: TestClient) -> None:
    """Alerts are found by it, and of the organisation it was said that nothing names it."""
    assert get(client, "/alerts?org=Corp")["items"]
    answer = client.get(f"{API}/organisations/corp")
    assert (answer.status_code, answer.json()["detail"]) == (404, "no organisation 'corp': did you mean 'Acme Corp.'?")
    assert "did you mean" in client.get("/organisations/corp", headers={"accept": "text/html"}).text


@pytest.mark.parametrize(
    ("asked", "found"), [("paused", ["Paused"]), ("resting", ["Gone"]), ("resting&state=paused", ["Gone", "Paused"])]
)
def test_a_paused_feed_is_apart_from_one_that_rests(app: App, client: TestClient, asked: str, found: list[str]) -> None:
    for name, paused in (("Paused", True), ("Gone", False)):
        url = f"https://example.org/{name}"
        feed = Feed(id=FeedId(name), name=name, url=url, paused=paused, state=FeedState.RESTING)
        app.store.transact(lambda tx, feed=feed: tx.save_feed(feed))  # type: ignore[misc]
    told = get(client, f"/feeds?state={asked}")["items"]
    assert [row["name"] for row in told] == found and {row["state"] for row in told} <= set(asked.split("&state="))


def test_feeds_and_deliveries_tell_how_it_fares(client: TestClient) -> None:
    assert get(client, "/feeds?state=ok")["items"][0]["name"] == "Example Wire"
    assert get(client, "/feeds?state=failing")["items"] == []
    assert client.get(f"{API}/feeds?state=sleepy").json()["parameter"] == "state"
    assert len(get(client, "/deliveries?state=pending&channel=slack&since=1d")["items"]) == 12
    unknown = client.get(f"{API}/deliveries?channel=slak")
    assert (unknown.status_code, unknown.json()["detail"]) == (404, "no channel 'slak': did you mean 'slack'?")
    assert get(client, "/deliveries?channel=terminal")["items"] == [], "a channel of the configuration, that got nothing"
    assert client.get(f"{API}/deliveries?channel=").json()["parameter"] == "channel"
    assert client.get(f"{API}/deliveries?since=soon").json()["parameter"] == "since"


def test_one_delivery_has_what_it_says_and_its_attempts(app: App, client: TestClient) -> None:
    claimed = claims(app.store, at(30), limit=1)[0].delivery
    tried = attempt(claimed, answer="busy", error="503", next_attempt=at(40))
    ended(app.store, Tried(delivery=again(claimed, 40), at=at(10), attempt=tried))
    found = get(client, f"/deliveries/{claimed.id[:24]}")
    assert found["delivery"] in get(client, "/deliveries")["items"] and found["delivery"]["id"] == claimed.id
    (one,) = found["attempts"]
    assert (one["number"], one["status"], one["answer"], one["error"]) == (1, 503, "busy", "503")
    assert one["next_attempt"] == found["delivery"]["next_attempt"] and "delivery_id" not in one
    assert found["says"] in [event["headline"] for event in get(client, "/events?limit=20")["items"]]


def test_a_delivery_is_sent_again_by_who_may_write(tmp_path: Path) -> None:
    with opened(tmp_path, auth="token") as app:
        app.store.transact(lambda tx: tx.record_poll(founded(1)))
        client, read, write = client_of(app), bearer(token(app, "r")), bearer(token(app, "w", "write"))
        (one,) = query.deliveries(app.store).items
        url = f"{API}/deliveries/{one.id}/retry"
        assert client.post(url).status_code == 401
        assert client.post(url, headers=read).status_code == 403
        assert client.post(url, headers=write).json()["state"] == DeliveryState.PENDING
        assert client.post(f"{API}/deliveries/none/retry", headers=write).status_code == 404
        for state, why in ((DeliveryState.SENT, "was sent already"), (DeliveryState.SENDING, "is being sent")):
            app.store.transact(lambda tx, to=state: tx.connection.execute(update(rows.deliveries).values(state=to.value)))  # type: ignore[misc]
            again = client.post(url, headers=write)
            assert again.status_code == 409 and again.json()["detail"].startswith(f"delivery {one.id} {why}")
            assert query.delivery(app.store, one.id).delivery.state == state


def test_searches_are_kept_used_and_forgotten(client: TestClient) -> None:
    made = client.post(f"{API}/searches", json={"name": "acme moves", "words": "to:acme label:executive_move"})
    assert made.status_code == 201 and made.json()["words"] == "to:acme label:executive_move"
    assert client.post(f"{API}/searches", json={"name": "acme moves", "words": "to:acme"}).status_code == 409
    assert len(get(client, "/alerts?search=acme+moves")["items"]) == 6
    assert get(client, "/alerts?search=acme+moves&to=umbrella")["items"] == []
    assert [s["name"] for s in get(client, "/searches")["items"]] == ["acme moves"]
    assert client.delete(f"{API}/searches/acme moves").status_code == 204
    assert client.delete(f"{API}/searches/acme moves").status_code == 404


def test_a_search_is_replaced_by_its_name(client: TestClient) -> None:
    url = f"{API}/searches/acme moves"
    assert client.put(url, json={"words": "to:acme"}).status_code == 200
    assert client.put(url, json={"words": "to:umbrella"}).json()["words"] == "to:umbrella"
    assert [s["words"] for s in get(client, "/searches")["items"]] == ["to:umbrella"]
    wrong = client.put(f"{API}/searches/a*b", json={"words": "to:acme"})
    assert (wrong.status_code, wrong.json()["parameter"]) == (400, "name")


def test_a_search_that_a_route_goes_by_is_kept_and_stays_one_it_can_go_by(tmp_path: Path) -> None:
    with opened(tmp_path) as app:
        desk = Route.model_validate({"name": "desk", "match": "search:acme", "channels": ["terminal"]})
        client = client_of(replace(app, settings=app.settings.model_copy(update={"routes": (desk,)})))
        assert client.post(f"{API}/searches", json={"name": "acme", "words": "to:acme"}).status_code == 201
        refused = client.delete(f"{API}/searches/acme")
        assert refused.status_code == 409 and "named by the route 'desk'" in refused.json()["detail"]
        timed = client.put(f"{API}/searches/acme", json={"words": "to:acme since:7d"})
        assert (timed.status_code, timed.json()["parameter"]) == (400, "words")
        assert client.put(f"{API}/searches/acme", json={"words": "to:umbrella"}).status_code == 200

        page = client.post("/searches/acme/delete")
        assert page.status_code == 409 and "named by the route &#39;desk&#39;" in page.text
        assert "route desk" in client.get("/searches").text
        form = {"name": "acme", "words": "to:acme"}
        assert client.post("/searches", data=form).status_code == 409
        assert client.post("/searches", data=form | {"replace": "true"}, follow_redirects=False).status_code == 303
        assert [s["words"] for s in get(client, "/searches")["items"]] == ["to:acme"]


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({"name": "x", "words": "since:never"}, "since"),
        ({"name": "x", "words": "search:y"}, "search"),
        ({"name": "a/b", "words": "q"}, "name"),
        ({"name": "x"}, "words"),
        ({"name": "x", "words": "q", "more": 1}, "more"),
    ],
)
def test_a_search_that_cannot_be_used_is_refused(client: TestClient, body: dict[str, Any], parameter: str) -> None:
    answer = client.post(f"{API}/searches", json=body)
    assert (answer.status_code, answer.json()["parameter"]) == (400, parameter)


def test_a_body_that_is_no_json_is_a_problem(client: TestClient) -> None:
    answer = client.post(f"{API}/feedback", content=b"{", headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["detail"]) == (400, "the body is no JSON")


def test_feedback_is_asked_for_as_the_command_asks(app: App, client: TestClient) -> None:
    first, second = (event["id"] for event in get(client, "/events?limit=2")["items"])
    later = client_of(replace(app, clock=lambda: at(1)))
    for ask, event, kind in ((client, first, "relevant"), (later, first, "wrong_slot"), (client, second, "not_relevant")):
        assert ask.post(f"{API}/feedback", json={"target": event, "kind": kind}).status_code == 201
    kinds = lambda query: sorted(f["kind"] for f in get(client, f"/feedback{query}")["items"])  # noqa: E731
    assert kinds("") == ["not_relevant", "wrong_slot"]
    assert kinds("?history=true") == ["not_relevant", "relevant", "wrong_slot"]
    assert kinds("?kind=wrong_slot") == ["wrong_slot"]
    assert kinds("?by=anybody") == ["not_relevant", "wrong_slot"] and kinds("?by=somebody") == []
    for wrong in ("kind=wrong", "by=", "history=yes", "history=true&history=true"):
        answer = client.get(f"{API}/feedback?{wrong}")
        assert answer.status_code == 400 and answer.json()["parameter"] == wrong.partition("=")[0]


def test_feedback_is_said_and_heard(client: TestClient) -> None:
    (alert,) = get(client, "/alerts?limit=1")["items"]
    said = client.post(f"{API}/feedback", json={"target": alert["id"], "kind": "not_relevant", "note": "old news"})
    assert said.status_code == 201 and said.json()["target"] == alert["event_id"] and said.json()["via"] == "api"
    assert [f["note"] for f in get(client, "/feedback")["items"]] == ["old news"]
    assert client.post(f"{API}/feedback", json={"target": alert["id"], "kind": "wrong"}).status_code == 400
    assert client.post(f"{API}/feedback", json={"target": "none", "kind": "relevant"}).status_code == 404


# -- feeds out


def test_a_feed_s_page_is_one_that_opens(client: TestClient) -> None:
    """Of both forms, with the filter and without the feed's own length, which the page refuses."""
    feed = ElementTree.fromstring(client.get("/feeds/alerts.atom?to=acme&limit=3").content)
    page = feed.find(f"{ATOM}link[@rel='alternate']").get("href")  # type: ignore[union-attr]
    assert page == client.get("/feeds/alerts.json?to=acme&limit=3").json()["home_page_url"] == "http://127.0.0.1:8080/?to=acme"
    assert client.get(page).status_code == 200
    assert client.get("/feeds/alerts.json?limit=3").json()["home_page_url"] == "http://127.0.0.1:8080/"


_SILENCE = "one with match, lasts, starts_at (may be left out), comment (may be left out)"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"match": "org:Acme"}, f"lasts: is missing; expected {_SILENCE}"),
        ({"match": "org:Acme", "lasts": "a week"}, "lasts: found 'a week'; expected How long, from its start: 12h, 7d or 2w"),
        ({"match": "org:Acme", "lasts": "7d", "until": "x"}, f"until: there is no such field; expected {_SILENCE}"),
    ],
)
def test_a_field_that_is_wrong_is_told_with_what_would_be_right(client: TestClient, body: dict[str, Any], says: str) -> None:
    answer = client.post(f"{API}/silences", json=body)
    assert answer.status_code == 400 and answer.json()["detail"] == says
    assert answer.json()["parameter"] == says.partition(":")[0]


def test_a_body_under_another_name_is_told_which_one_it_needs(client: TestClient) -> None:
    """As `curl -d` sends it: the body is an object, which it was told it was not."""
    form = {"content-type": "application/x-www-form-urlencoded"}
    answer = client.post(f"{API}/silences", content=b'{"match": "org:Acme", "lasts": "7d"}', headers=form)
    wanted = f"the body is sent as application/x-www-form-urlencoded, not as application/json; expected {_SILENCE}"
    assert (answer.status_code, answer.json()["detail"]) == (400, wanted)


def test_any_filter_is_an_atom_feed(client: TestClient) -> None:
    answer = client.get("/feeds/alerts.atom?to=acme&limit=3")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 3 and feed.findtext(f"{ATOM}title") == "Movewire alerts: acme"
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == "http://127.0.0.1:8080/feeds/alerts.atom?to=acme&limit=3"  # type: ignore[union-attr]
    assert len({e.findtext(f"{ATOM}id") for e in entries}) == 3
    again = client.get("/feeds/alerts.atom?to=acme&limit=3", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    assert client.get("/feeds/alerts.atom?too=acme").status_code == 400


def test_any_filter_is_a_json_feed(client: TestClient) -> None:
    told = client.get("/feeds/alerts.json?limit=2").json()
    assert told["version"] == "https://jsonfeed.org/version/1.1" and len(told["items"]) == 2
    assert re.fullmatch(r"http://127.0.0.1:8080/events/\w+", told["items"][0]["url"])


HOSTILE = "<script>alert(1)</script>]]>&\x0b\u2028<b onmouseover=x>"


def test_a_stored_script_is_only_words_everywhere(tmp_path: Path) -> None:
    """In every text of a story and its event."""
    with opened(tmp_path, public_url="https://desk.example.org") as app:
        made = founded(1, headline=HOSTILE, outlets=(HOSTILE,), orgs=(HOSTILE,), people=(HOSTILE,))
        event = made.events[0]
        bad = replace(made.stories[0], title=HOSTILE, summary=HOSTILE, outlet=HOSTILE, url="javascript:alert(1)")
        told = replace(event.stories[0], title=HOSTILE, outlet=HOSTILE, url="javascript:alert(1)", summary=HOSTILE)
        moves = tuple(replace(m, person=HOSTILE, from_org=HOSTILE, to_org=HOSTILE, to_role=HOSTILE) for m in event.moves)
        event = replace(event, stories=(told,), moves=moves)
        alerts = tuple(replace(a, event=event) for a in made.alerts)
        app.store.transact(lambda tx: tx.record_poll(replace(made, stories=(bad,), events=(event,), alerts=alerts)))
        client = client_of(app)
        for page in ("/", "/docs"):
            text = client.get(page).text
            assert "<script>alert" not in text and "<b onmouseover" not in text and 'href="javascript:' not in text
        feed = client.get("/feeds/alerts.atom")
        entry = ElementTree.fromstring(feed.content).find(f"{ATOM}entry")
        assert entry is not None and "<script" not in (entry.findtext(f"{ATOM}content") or "")
        assert client.get(f"{API}/alerts").headers["content-type"] == "application/json"


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_no_cell_of_a_csv_is_a_formula(tmp_path: Path, start: str) -> None:
    with opened(tmp_path) as app:
        app.store.transact(lambda tx: tx.record_poll(founded(1, headline=start)))
        (row,) = csv.DictReader(io.StringIO(client_of(app).get(f"{API}/events?format=csv").text))
        assert row["title"].lstrip() == start.strip() or row["title"] == "'" + start


@pytest.mark.parametrize("by, part", [("pair", "flows"), ("organisation", "balances")])
def test_flows_by_one_thing_are_that_part_alone_in_json_too(client: TestClient, by: str, part: str) -> None:
    whole, told = get(client, "/flows"), get(client, f"/flows?by={by}")
    assert set(whole) == {"events", "flows", "balances"}
    assert told == {"events": whole["events"], part: whole[part]}


@pytest.mark.parametrize("by", ["organisation", "project", "month"])
def test_totals_by_one_thing_are_that_part_alone_in_json_too(client: TestClient, by: str) -> None:
    whole, told = get(client, "/buildouts/totals"), get(client, f"/buildouts/totals?by={by}")
    assert set(whole) == {"whole", "organisations", "projects", "months"}
    assert told == {"whole": whole["whole"], f"{by}s": whole[f"{by}s"]}


BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize("path", ["/nosuchpage", "/searches/nosuch", "/events/zzz", "/organisations/nosuch"])
def test_browsers_get_a_page_that_says_what_was_not_found(client: TestClient, path: str) -> None:
    found = client.get(path, headers=BROWSER)
    assert found.status_code == 404 and found.headers["content-type"].startswith("text/html")
    assert 'href="/"' in found.text and 'role="alert"' in found.text


@pytest.mark.parametrize("path", ["/nosuchpage", "/api/v1/nosuch", "/feeds/nosuch.atom"])
def test_programs_get_a_problem_that_says_so(client: TestClient, path: str) -> None:
    for accept in ("*/*", "application/json", *([BROWSER["accept"]] if path != "/nosuchpage" else [])):
        found = client.get(path, headers={"accept": accept})
        assert found.status_code == 404 and found.headers["content-type"] == "application/problem+json"


def test_an_organisation_is_not_found_on_its_page_where_it_is_not_in_the_api(client: TestClient) -> None:
    for path in ("/organisations/nosuch", f"{API}/organisations/nosuch", f"{API}/organisations/nosuch?since=1d"):
        assert client.get(path).status_code == 404, path
    for path in ("/organisations/Acme?since=1h", f"{API}/organisations/Acme?since=1h"):
        assert client.get(path).status_code == 200, path


def test_an_organisation_of_denied_news_alone_has_its_page_which_events_link_to(app: App) -> None:
    gone = replace(MOVE, from_org="Hearsay Holdings")
    denied = founded(90, at(90), moves=(gone,), status=Status.DENIED)
    app.store.transact(lambda tx: tx.record_poll(denied))
    assert client_of(app).get("/organisations/Hearsay%20Holdings").status_code == 200


@pytest.mark.parametrize("body", ["[]", '"text"', "7", "null"])
def test_a_body_that_is_no_object_is_told_what_one_holds(client: TestClient, body: str) -> None:
    told = client.post(f"{API}/silences", content=body, headers={"content-type": "application/json"}).json()
    fields = "match, lasts, starts_at (may be left out), comment (may be left out)"
    assert told["status"] == 400 and told["detail"] == f"the body is no JSON object; expected one with {fields}"
