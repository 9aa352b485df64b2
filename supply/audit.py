"""``python -m supply.audit LOCK``: known vulnerabilities in the locked versions, where their source answers.

Exit code 1 where one is found. A source that does not answer, or does not know a package, is said and is no failure: it says
nothing about the packages.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def audit(lock: Path) -> int:
    command = [sys.executable, "-m", "pip_audit", "-r", str(lock), "--require-hashes", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", "10"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        found = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, LookupError):
        print(f"audit: {lock.name}: the source of known vulnerabilities does not answer; not audited")
        return 0
    unknown = [one["name"] for one in found if "skip_reason" in one]
    broken = [(one["name"], one["version"], vuln) for one in found for vuln in one.get("vulns", ())]
    print(f"audit: {lock.name}: {len(found) - len(unknown)} packages audited, {len(unknown)} the source does not know")
    for name, version, vuln in broken:
        print(f"  {name} {version}: {vuln['id']}, mended in {', '.join(vuln['fix_versions']) or 'no version yet'}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(max(audit(Path(name)) for name in sys.argv[1:]))
