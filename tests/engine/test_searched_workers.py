"""Routes that go by a saved search, where workers decide: on a real PostgreSQL and real sockets."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from monitor import searches
from monitor.app import utc_now
from monitor.filtering import read
from monitor.settings import load
from monitor.store import Store
from tests.databases import only_postgres
from tests.engine.processes import configure, ids, told
from tests.engine.test_distributed import together
from tests.servers import LocalServer, document, rss


@only_postgres
def test_workers_go_by_a_saved_search_as_it_is_now(net: LocalServer, url: str, tmp_path: Path) -> None:
    items = [told(0), told(1)]
    net.routes["/0.xml"] = document(lambda: rss(items, "Wire"))
    config = configure(tmp_path, net, url, 1)
    raw = yaml.safe_load(config.read_text())
    raw["routes"] = [{"name": "all", "channels": ["hook"], "match": "search:desk"}]
    config.write_text(yaml.safe_dump(raw))
    settings = load(config)

    def save(store: Store, words: str, replace: bool) -> None:
        searches.save(store, "desk", read(words), utc_now(), settings, replace=replace)

    def changed(store: Store) -> bool:
        if store.counts()["events"] < 2 or not ids(net):
            return False
        save(store, 'org:"Acrnor Systems"', replace=True)
        items[:0] = [told(2), told(3)]
        return True

    with Store.open(url) as store:
        save(store, 'org:"Abrnor Systems"', replace=False)
    together(settings, utc_now, [changed, lambda store: store.counts()["events"] == 4 and len(ids(net)) == 2])
    told_of = [json.loads(asked.body)["data"]["event"]["headline"] for asked in net.asked if asked.path == "/hook"]
    assert told_of == [told(1)[1], told(2)[1]]
