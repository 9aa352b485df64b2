"""``python -m supply.licences LOCK LARGER``: the licences of the image's packages, and of those that the larger one adds."""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

_NAMED = {  # metadata that holds no short name
    "Dual License": "Apache-2.0 OR BSD-3-Clause",
    "Copyright © 2025, Karen Petrosyan.": "BSD-3-Clause",
}
_CLASSIFIER = "License :: OSI Approved :: "


def locked(lock: Path) -> dict[str, str]:
    """Name -> version of every package in a lock file."""
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", lock.read_text(encoding="utf-8"), re.M))


def licence(name: str) -> str:
    """The licence of an installed package; "" where its metadata says none."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    told = about.get("License-Expression") or about.get("License") or ""
    if not told or "\n" in told or len(told) > 60:
        classes = [c.removeprefix(_CLASSIFIER) for c in about.get_all("Classifier") or () if c.startswith(_CLASSIFIER)]
        told = "; ".join(classes) or told.partition("\n")[0]
    return _NAMED.get(told, told)


def document(lock: Path, larger: Path) -> str:
    head = "# Licences\n\nWhat the image holds, besides Movewire itself (Apache-2.0): made by `make licences`.\n\n"
    also = (
        "\nThe larger image, with the classifier's encoder, holds also `encoder.npz`, which derives from\n"
        "all-MiniLM-L6-v2 (Apache-2.0) and MiniLM (MIT), as `NOTICE` says, and:\n\n"
    )
    return head + _table(lock) + also + _table(larger)


def _table(lock: Path) -> str:
    rows = [f"| {name} | {version} | {licence(name)} |" for name, version in sorted(locked(lock).items()) if licence(name)]
    return "| package | version | licence |\n|---|---|---|\n" + "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.stdout.write(document(*map(Path, sys.argv[1:3])))
