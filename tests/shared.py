"""Where the replay data lies, for the tests that need it and skip without it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("MOVEWIRE_SHARED") or Path(__file__).parents[1] / "../shared").resolve()
RECORDED = sorted((SHARED / "replay" / "recorded").glob("*"))
REPLAY = SHARED / "tools" / "replay.py"
needs_recorded = pytest.mark.skipif(not RECORDED, reason="no recorded documents (../shared/replay or MOVEWIRE_SHARED)")
needs_replay = pytest.mark.skipif(not REPLAY.is_file(), reason="no replay server (../shared/tools or MOVEWIRE_SHARED)")
SCORE = SHARED / "eval" / "score.py"
DEV = SHARED / "eval" / "dev.jsonl"
STREAM = SHARED / "replay" / "stories.jsonl.gz"
needs_gold = pytest.mark.skipif(
    not (SCORE.is_file() and DEV.is_file()), reason="no labelled stories (../shared/eval or MOVEWIRE_SHARED)"
)
needs_stream = pytest.mark.skipif(not STREAM.is_file(), reason="no stream of stories (../shared/replay or MOVEWIRE_SHARED)")
