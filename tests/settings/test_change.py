"""Writing a file of the configuration: the whole new one or the old one, as its owner has it."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from monitor.errors import SettingsError
from monitor.settings.change import alone, changeable, write
from tests.settings.conftest import Loading


def test_a_file_keeps_its_mode_and_what_a_link_leads_to(tmp_path: Path) -> None:
    target, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    target.write_text("a: 1\n")
    target.chmod(0o640)
    link.symlink_to(target)
    write(link, "a: 2\r\n")
    assert (target.read_bytes(), link.is_symlink(), stat.S_IMODE(target.stat().st_mode)) == (b"a: 2\r\n", True, 0o640)
    assert sorted(tmp_path.iterdir()) == [link, target]


def test_whoever_reads_meanwhile_has_the_old_file_whole(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("old")
    with file.open() as reader:
        write(file, "the new one")
        assert reader.read() == "old"
    assert file.read_text() == "the new one"


def test_what_cannot_be_written_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(SettingsError, match=r"folder: cannot be read or written \(Is a directory\)"):
        write(tmp_path / "folder", "text")
    with pytest.raises(SettingsError, match=r"cannot be read or written .*too long"):
        write(tmp_path / ("f" * 250), "text")  # what is made beside it has no name, and cannot be taken away either
    with pytest.raises(SettingsError, match="none: cannot be read or written"), alone(tmp_path / "none"):
        pass
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_a_file_keeps_its_owner(tmp_path: Path) -> None:
    """As where root's command changes what the daemon's user is to read."""
    file = tmp_path / "x.yaml"
    file.write_text("old")
    file.chmod(0o600)
    os.chown(file, 10001, 10002)
    write(file, "new")
    found = file.stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (10001, 10002, 0o600)


def test_one_change_at_a_time(tmp_path: Path) -> None:
    done: list[str] = []

    def other() -> None:
        with alone(tmp_path):
            done.append("other")

    with alone(tmp_path):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(0.05)
        done.append("first")
    thread.join(10)
    assert done == ["first", "other"]


def test_a_thing_is_changed_where_it_stands(loading: Loading, tmp_path: Path) -> None:
    """In the configuration file where that has it, or has others and there is no file of them; else in theirs."""
    settings = loading("watchlists: {mine: {orgs: [Acme]}}\nchannels: {desk: {type: stdout}}\n")
    main, beside = tmp_path / "movewire.yaml", tmp_path / "watchlists.yaml"
    assert changeable(settings, "watchlists", "mine").file == main
    assert changeable(settings, "watchlists", "other").file == beside
    beside.unlink()
    assert changeable(settings, "watchlists", "other").file == main
    assert changeable(settings, "routes").file == main
    (tmp_path / "routes.yaml").write_text("routes: [{name: a, channels: [desk]}]\n")
    assert changeable(settings, "routes").file == tmp_path / "routes.yaml"


def test_the_shipped_file_is_copied_and_never_changed(loading: Loading, tmp_path: Path) -> None:
    settings = loading("")
    (tmp_path / "outlets.yaml").unlink()
    held = changeable(settings, "outlets")
    assert (held.file, held.copied) == (tmp_path / "outlets.yaml", True) and "name: Reuters" in held.text
