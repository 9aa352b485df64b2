"""Whether titles still belong to their feed: sold addresses are noticed, a change of subject is not."""

from __future__ import annotations

from monitor.belonging import foreign, shared

REPORTED = "record grain,late ice,new cranes,fewer ships,a strike,higher fees,calm seas,two fires,old rails,thick fog,frost,rain"
OLD = [
    (f"Port of Kalix reports {what} at its northern quay", f"https://kalixpost.example/{n}")
    for n, what in enumerate(REPORTED.split(","))
]
CASINO = [
    (f"Lucky {what} bonus awaits every gambler", f"https://spins.example/{n}")
    for n, what in enumerate(("jackpot", "roulette", "poker", "blackjack", "slots", "bingo"))
]
NEWS = [
    (f"Port of Kalix welcomes {what} at its northern quay", f"https://kalixpost.example/9{n}")
    for n, what in enumerate(("tourists", "students", "ministers", "engineers", "divers", "artists"))
]


def test_another_site_with_other_words_is_foreign() -> None:
    assert foreign(OLD, CASINO)


def test_other_words_on_the_same_site_need_another_title_too() -> None:
    here = [(title, f"https://kalixpost.example/{n}") for n, (title, _) in enumerate(CASINO)]
    assert not foreign(OLD, here, old_title="Kalix Post", new_title="Kalix Post")
    assert foreign(OLD, here, old_title="Kalix Post", new_title="Best Betting Offers")


def test_where_the_old_stories_had_no_address_none_can_be_another() -> None:
    unaddressed = [(title, "") for title, _ in OLD]
    assert not foreign(unaddressed, CASINO)
    assert foreign([*unaddressed, OLD[0]], CASINO)


def test_the_same_matters_on_a_new_site_belong() -> None:
    moved = [(title, url.replace("kalixpost.example", "kalix-news.example")) for title, url in NEWS]
    assert not foreign(OLD, moved, old_title="Kalix Post", new_title="Kalix News")


def test_too_few_titles_say_nothing() -> None:
    assert not foreign(OLD[:5], CASINO)
    assert not foreign(OLD, CASINO[:3])


def test_another_script_shares_nothing() -> None:
    assert shared([t for t, _ in OLD], ["\u043d\u043e\u0432\u043e\u0441\u0442\u0438 \u043f\u043e\u0440\u0442\u0430"] * 5) == 0.0
