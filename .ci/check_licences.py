"""Refuse a runtime dependency whose licence we may not ship beside Apache-2.0 code.

Audits every pin of requirements/runtime.txt that is installed here, and fails when it audited fewer than it
should: a gate that looked at nothing must not pass.
"""

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

LOCK = Path("requirements/runtime.txt")
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==[^ ;]+(?: ; (?P<marker>.*?))? *\\?$", re.MULTILINE)
# Read from the licence file where the metadata does not say it in a word.
REVIEWED = {
    "fido2": "BSD-2-Clause AND MPL-2.0",
    "qrcode": "BSD-3-Clause AND MIT",
    "pypdfium2": "BSD-3-Clause OR Apache-2.0",
}
ALLOWED = re.compile(
    r"\b(MIT|BSD|Apache|MPL|Mozilla|PSF|PSFL|Python Software Foundation|ISC|LGPL|Lesser General)\b"
)
FORBIDDEN = re.compile(
    r"(?<!L)(?<!Lesser )\b(AGPL|GPL|SSPL)|Affero|(?<!Lesser )General Public|Proprietary|BUSL"
)
ONLY_ELSEWHERE = {"colorama", "tzdata"}  # Windows


def licence_of(name: str) -> str:
    """The licence by expression, classifier or field, the most precise first."""
    if name in REVIEWED:
        return REVIEWED[name]
    about = metadata(name)
    classifiers = [
        line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if line.startswith("License")
    ]
    return about.get("License-Expression") or "; ".join(classifiers) or about.get("License") or ""


def main() -> int:
    """Print what is wrong, and how many packages were looked at."""
    names = [match["name"] for match in PIN.finditer(LOCK.read_text("utf-8"))]
    audited, wrong = 0, []
    for name in names:
        try:
            licence = licence_of(name)
        except PackageNotFoundError:
            if name not in ONLY_ELSEWHERE:
                wrong.append(f"{name}: not installed, not audited")
            continue
        audited += 1
        if FORBIDDEN.search(licence) or not ALLOWED.search(licence):
            wrong.append(f"{name}: {licence or 'no licence stated'}")
    expected = len(set(names) - ONLY_ELSEWHERE)
    if not expected or audited < expected:
        wrong.append(f"audited {audited} of {expected} packages")
    print("\n".join([*wrong, f"licences: {audited} runtime packages audited, {len(wrong)} problems"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
