"""Read the documents of our own corpus and print how well: `python -m tests.corpus`."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.corpus.measuring import measured
from tests.corpus.own import DOCUMENTS
from tests.corpus.scoring import table


def main() -> None:
    """Print a line a document, a line a field, and what is amiss."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        read = list(measured("own", DOCUMENTS, Path(folder)))
    plans = [each for each in read if each.truth.get("refused") is None]
    print(table({each.name: each.score for each in plans}))
    print()
    for each in read:
        if not each.needs_no_loader:
            print(f"{each.name}: {', '.join(each.amiss)}{' — ' + each.error if each.error else ''}")
    refused = [each for each in read if each not in plans]
    whole = sum(each.needs_no_loader for each in plans)
    right = sum(each.as_wanted for each in refused)
    print(f"\n{whole} of {len(plans)} plans need no loader at all.")
    print(f"{right} of {len(refused)} documents without a plan are refused as they should be.")
    print(f"Read in {time.monotonic() - begun:.0f} seconds.")


if __name__ == "__main__":
    main()
