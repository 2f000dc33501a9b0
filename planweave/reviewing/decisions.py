"""What a person decides about a name, written into a register file of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from planweave.errors import PlanweaveError
from planweave.flat_files import whole_file
from planweave.nquads import text
from planweave.terms import PREFIXES, slug

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

__all__ = ["FILE", "MEANINGS", "Decision", "Meaning", "write_decision"]

FILE: Final = "agencies-reviewed.ttl"
"""The file in ``ontology/`` of one's own library that decisions are added to."""

Meaning = Literal["same", "unit", "own"]
MEANINGS: Final = {
    "same": "another name of that body",
    "unit": "a team or service of that body",
    "own": "a body of its own, and none of these",
}
"""What a name can be said to mean."""

PREFIX_LINES: Final = "\n".join(
    f"@prefix {name}: <{PREFIXES[name]}> ." for name in ("agency", "kind", "org", "pw", "skos")
)
HEAD: Final = f"""\
# Names of bodies, as they were settled with planweave agencies review. This file can be edited: each entry
# says what a name means, in the plans of one publisher (pw:localName, pw:localTo) or in every plan (skos:altLabel).

{PREFIX_LINES}
"""


@dataclass(frozen=True)
class Decision:
    """What a name means.

    Parameters
    ----------
    name
        The name as printed.
    meaning
        Whether it is another name of a body, a unit of it, or a body of its own.
    body
        The IRI of that body; none for a body of its own.
    publisher
        In whose plans the name means this, as an IRI; None for every plan.
    publisher_label
        The publisher's name in full.
    reason
        Why, in words; kept as a comment.
    """

    name: str
    meaning: Meaning
    body: str | None = None
    publisher: str | None = None
    publisher_label: str = ""
    reason: str = ""

    def turtle(self, taken: Collection[str]) -> str:
        """Write the entry.

        Parameters
        ----------
        taken
            The IRIs of bodies that are there already; a new one gets another.
        """
        why = " ".join(self.reason.split())
        lines = [f"# {why}"] if why else []
        if self.meaning == "same":
            lines += [f"<{self.body}> {self._named()} ."]
            return "\n".join(lines)
        iri = PREFIXES["agency"] + slug(self.name)
        number = 2
        while iri in taken:
            iri = f"{PREFIXES['agency']}{slug(self.name)}-{number}"
            number += 1
        if self.publisher is None:
            said = [f"skos:prefLabel {text(self.name)}@en"]
        else:
            # The bare name means this only in that publisher's plans; the name in full is for all.
            said = [f"skos:prefLabel {text(f'{self.name} ({self.publisher_label})')}@en", self._named()]
        if self.meaning == "unit":
            said += ["pw:kind kind:team", f"org:unitOf <{self.body}>"]
        joined = " ;\n    ".join(said)
        return "\n".join([*lines, f"<{iri}> a pw:Agency ;\n    {joined} ."])

    def _named(self) -> str:
        if self.publisher is None:
            return f"skos:altLabel {text(self.name)}@en"
        return f"pw:localName {text(self.name)}@en ;\n    pw:localTo <{self.publisher}>"


def write_decision(folder: Path, decision: Decision, taken: Collection[str]) -> Path:
    """Add a decision to the register file of a library folder, which is made where it is missing.

    Returns
    -------
    The file.

    Raises
    ------
    PlanweaveError
        If the file cannot be written; what was there before is untouched.
    """
    path = folder / "ontology" / FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8") if path.exists() else HEAD
    except (OSError, UnicodeDecodeError) as error:
        raise PlanweaveError("the register file cannot be read", file=path, fix="check the folder") from error
    with whole_file(path) as beside:
        beside.write_text(f"{before.rstrip()}\n\n{decision.turtle(taken)}\n", encoding="utf-8", newline="\n")
    return path
