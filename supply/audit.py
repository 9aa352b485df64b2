"""``python -m supply.audit LOCK``: known vulnerabilities in the locked versions, where their source answers.

Exit code 1 where one is found, and where there was no audit: a lock that is not there or cannot be read, a fault of the
auditing tool. A source that cannot be reached, or does not know a package, is said and is no failure: it says nothing about
the packages.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

SECONDS = 120  # for one lock
# How pip-audit 2 ends where its source is out of reach: by its own words, or by the exception that it lets through.
_NO_ANSWER = re.compile(
    r"Could not connect to PyPI's vulnerability feed|PyPI is not redirecting properly"
    r"|^requests\.exceptions\.(?:\w*Timeout|ConnectionError|ProxyError|SSLError|ChunkedEncodingError|HTTPError: 5\d\d)\b",
    re.MULTILINE,
)


def audit(lock: Path) -> int:
    command = [sys.executable, "-m", "pip_audit", "-r", str(lock), "--require-hashes", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", "10"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        found = json.loads(done.stdout)["dependencies"]
    except subprocess.TimeoutExpired:
        return _not_audited(lock)
    except (ValueError, LookupError):
        return _not_audited(lock) if _NO_ANSWER.search(done.stderr) else _failed(lock, done.stderr)
    unknown = [one["name"] for one in found if "skip_reason" in one]
    broken = [(one["name"], one["version"], vuln) for one in found for vuln in one.get("vulns", ())]
    print(f"audit: {lock.name}: {len(found) - len(unknown)} packages audited, {len(unknown)} the source does not know")
    for name, version, vuln in broken:
        print(f"  {name} {version}: {vuln['id']}, mended in {', '.join(vuln['fix_versions']) or 'no version yet'}")
    return 1 if broken else 0


def _not_audited(lock: Path) -> int:
    print(f"audit: {lock.name}: the source of known vulnerabilities does not answer; not audited")
    return 0


def _failed(lock: Path, why: str) -> int:
    print(f"audit: {lock.name}: could not be audited\n{why.rstrip()}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(max(audit(Path(name)) for name in sys.argv[1:]))
