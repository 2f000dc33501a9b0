"""Which names that plans print may mean a body of the register, and what speaks for it.

Nothing is matched here: a proposal is for a person to look at. Bodies of different places have nearly the same
names ("Northmoor Housing", "Northmere Housing"), and likeness alone is wrong about as often as it is right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from planweave.reading.definition import fold
from planweave.terms import AGENCY, local

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from planweave.records import Action, PlanRecord, SourceRow

__all__ = ["Doubt", "Printed", "Proposal", "doubts_of", "printed_names"]

WORD: Final = re.compile(r"[^\W_]+")
ACRONYM: Final = re.compile(r"[A-Z][A-Z0-9&]{2,7}")
NOBODY: Final = frozenset({"person", "group", "post"})
ALIKE: Final = 85
"""From this share of equal letters on, in per cent, two names are shown together (rapidfuzz's token_sort_ratio)."""

RARE: Final = 3
"""A word that stands in the names of no more bodies tells of whom a name speaks."""

SHORTEST: Final = 4
MOST: Final = 3
SMALL: Final = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})


@dataclass(frozen=True)
class Printed:
    """A name as one plan prints it, for a party that the register does not know.

    ``telling`` are the words of the name, folded, that the plan prints with a capital only: "wexmoor", but not
    "sleeping". ``actions`` are the ids of the actions that name it; ``place`` and ``cell`` show the first.
    """

    name: str
    kind: str
    plan: str
    publisher: str | None
    telling: frozenset[str]
    actions: tuple[str, ...]
    place: str
    cell: str


@dataclass(frozen=True)
class Proposal:
    """A body that a name may mean: its IRI, its name in full, what speaks for it, and how much (0 to 100)."""

    body: str
    label: str
    why: str
    score: float


@dataclass(frozen=True)
class Doubt:
    """A printed name, and the bodies that it may mean, the likeliest first."""

    printed: Printed
    proposals: tuple[Proposal, ...]

    @property
    def key(self) -> tuple[str, str]:
        """The plan and the name, which say what is decided."""
        return self.printed.plan, self.printed.name


def printed_names(record: PlanRecord) -> list[Printed]:
    """Give the names of a plan that may be bodies and that the register does not know, in printed order."""
    unknown = {
        party.name: party.kind
        for party in record.parties
        if not party.id.startswith(AGENCY) and party.kind not in NOBODY
    }
    cells = (cell.text for action in record.actions for row in action.source for cell in row.cells)
    small = {word for text in cells for word in WORD.findall(text) if word.islower()}
    found: dict[str, list[Action]] = defaultdict(list)
    for action in record.actions:
        for name in dict.fromkeys((*action.leads, *action.partners, *action.mentions)):
            if name in unknown:
                found[name].append(action)
    return [
        Printed(
            name,
            unknown[name],
            record.plan.id,
            record.plan.publisher_id,
            frozenset(word.lower() for word in WORD.findall(name) if word[0].isupper() and word.lower() not in small),
            tuple(action.id for action in actions),
            *_shown(name, actions[0]),
        )
        for name, actions in found.items()
    ]


def _shown(name: str, action: Action) -> tuple[str, str]:
    """Where the first of its actions prints a name: the place in words, and the cell."""
    rows: Sequence[SourceRow] = action.source
    for row in rows:
        for cell in row.cells:
            if f" {fold(name)} " in f" {fold(cell.text)} ":
                page = f"page {row.page}, " if row.page is not None else ""
                return f"{page}table {row.table}, row {row.row}, {cell.heading or 'no heading'!r}", cell.text
    return "", ""


class _Bodies:
    """The register by what proposals are found with: folded names, initials, rare words."""

    def __init__(self, names: Mapping[str, str], labels: Mapping[str, str], common: Collection[str]) -> None:
        self.labels = labels
        self.folded: dict[str, list[str]] = defaultdict(list)
        self.initials: dict[str, set[str]] = defaultdict(set)
        self.rare: dict[str, set[str]] = defaultdict(set)
        for name, body in sorted(names.items()):
            self.folded[fold(name)].append(body)
            words = WORD.findall(name)
            for letters in {_initials(words), _initials([word for word in words if word.lower() not in SMALL])}:
                if ACRONYM.fullmatch(letters):
                    self.initials[letters].add(body)
            for word in fold(name).split():
                if len(word) >= SHORTEST and word not in common:
                    self.rare[word].add(body)

    def proposals(self, printed: Printed) -> Iterable[Proposal]:
        name = printed.name
        for body in self.initials.get(name, ()):
            yield self._proposal(body, f"{name} are the initials of {{}}", 100.0)
        folded = fold(name)
        for match, score, _ in process.extract(
            folded, self.folded.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=MOST * 2
        ):
            for body in self.folded[match]:
                yield self._proposal(body, f"spelled nearly as “{match}”, a name of {{}}", score)
        for word in sorted(printed.telling):
            bodies = self.rare.get(word, set())
            for body in sorted(bodies) if len(bodies) <= RARE else ():
                why = f"“{word}” stands in the name of {{}} and of few others"
                yield self._proposal(body, why, 100 / (1 + len(bodies)))

    def _proposal(self, body: str, why: str, score: float) -> Proposal:
        label = self.labels.get(body, local(body))
        return Proposal(body, label, why.format(label), round(score, 1))


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words).upper()


def doubts_of(
    printed: Iterable[Printed],
    names: Mapping[str, str],
    labels: Mapping[str, str],
    common: Collection[str] = (),
) -> list[Doubt]:
    """Find which printed names may mean a body of the register.

    Parameters
    ----------
    printed
        The names, from :func:`printed_names`.
    names
        Every name of the register, local ones too → the IRI of the body.
    labels
        IRI → name in full.
    common
        Folded words that many bodies have in their names and that tell nothing: "council", "housing".

    Returns
    -------
    The doubtful names, those of most actions first, then in the order of plans and names. A name that nothing
    speaks for is left out: it stays a party of its plan.

    Examples
    --------
    >>> wexmoor = "https://w3id.org/planweave/agency/wexmoor"
    >>> names = {"Wexmoor Metropolitan Borough Council": wexmoor}
    >>> name = Printed("Wexmoor RS", "unknown", "eastmere", None, frozenset({"wexmoor"}), ("eastmere/12.1",), "", "")
    >>> [(doubt.printed.name, doubt.proposals[0].why) for doubt in doubts_of([name], names, {}, {"council"})]
    [('Wexmoor RS', '“wexmoor” stands in the name of wexmoor and of few others')]
    """
    bodies = _Bodies(names, labels, common)
    doubts = []
    for one in printed:
        best: dict[str, Proposal] = {}
        for proposal in bodies.proposals(one):
            known = best.get(proposal.body)
            own = proposal.body == one.publisher and one.kind == "team"
            # That a council's own team has the council's name in its own is no news.
            if not own and (known is None or known.score < proposal.score):
                best[proposal.body] = proposal
        ordered = sorted(best.values(), key=lambda proposal: (-proposal.score, proposal.body))
        if ordered:
            doubts.append(Doubt(one, tuple(ordered[:MOST])))
    return sorted(doubts, key=lambda doubt: (-len(doubt.printed.actions), doubt.key))
