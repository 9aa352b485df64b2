"""Routes in a file of their own: read as if they stood in the configuration, and told with their own lines."""

from __future__ import annotations

from pathlib import Path

from tests.settings.conftest import Complaints, Loading

CHANNELS = "channels: {desk: {type: stdout}, room: {type: stdout}}\n"
ROUTES = "routes:\n  - name: labs\n    channels: [room]\n  - name: rest\n    channels: [desk]\n"


def test_routes_are_read_from_the_file_beside_the_configuration(loading: Loading, tmp_path: Path) -> None:
    (tmp_path / "routes.yaml").write_text(ROUTES)
    assert [(route.name, route.channels) for route in loading(CHANNELS).routes] == [("labs", ("room",)), ("rest", ("desk",))]


def test_without_it_routes_are_what_they_were(loading: Loading) -> None:
    assert [route.name for route in loading(CHANNELS).routes] == ["everything"]


def test_another_name_is_looked_for_beside_the_configuration_and_must_be_there(
    loading: Loading, complaints: Complaints, tmp_path: Path
) -> None:
    (tmp_path / "who.yaml").write_text(ROUTES)
    assert len(loading(CHANNELS + "routes_file: who.yaml\n").routes) == 2
    assert len(loading(CHANNELS, {"MOVEWIRE__ROUTES_FILE": "who.yaml"}).routes) == 2
    assert complaints(CHANNELS + "routes_file: whom.yaml\n") == [
        "movewire.yaml:2: routes_file: found 'whom.yaml', which is not there; expected a file"
    ]


def test_routes_in_both_files_are_a_mistake(complaints: Complaints, tmp_path: Path) -> None:
    (tmp_path / "routes.yaml").write_text(ROUTES)
    assert complaints(CHANNELS + "routes: [{name: a, channels: [desk]}]\n") == [
        "movewire.yaml:2: routes: found routes here and in routes.yaml; expected them in one of the two"
    ]


def test_mistakes_in_it_are_told_with_its_own_lines(complaints: Complaints, tmp_path: Path) -> None:
    wrong = ROUTES.replace("[desk]", "[dest]").replace("[room]\n", "[room]\n    moode: now\n")
    (tmp_path / "routes.yaml").write_text(wrong + "chanels: {}\n")
    told = complaints(CHANNELS)
    assert [line.split(": found")[0] for line in told] == [
        "routes.yaml:4: routes[0].moode (route 'labs')",
        "routes.yaml:6: routes[1].channels (route 'rest')",
        "routes.yaml:7: chanels",
    ]
