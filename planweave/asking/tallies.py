"""Numbers of rows that fulfil a condition on what a question is given, counted from rows that were worked out before.

``SUM(?has)`` of ``BIND (IF (condition, 1, 0) AS ?has)`` says how many rows of a group fulfil it. The rows without
the condition are those of every asking, and the engine is asked only which of their values fulfil it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.asking.conditions import Split, split
from planweave.sparql.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from planweave.asking.kept import Lines
    from planweave.store import Node

__all__ = ["Tally", "tally"]

SUM: Final = re.compile(r"\(\s*SUM\s*\(\s*(\?\w+)\s*\)\s*AS\s*(\?\w+)\s*\)", re.IGNORECASE)
GROUP: Final = re.compile(r"\bGROUP\s+BY\s+((?:\?\w+\s+)+)(?=ORDER\b)", re.IGNORECASE)
ONE_OR_NONE: Final = (",", "1", ",", "0", ")", "AS")
PLAN_ORDER: Final = 'STRAFTER(STR(?plan), "/plan/")'


class Tally(NamedTuple):
    """How rows are counted.

    Parameters
    ----------
    parts
        The query of the rows, and the condition on them.
    number
        The column of how many rows of a group fulfil it; every other column is of the group, or was given.
    """

    parts: Split
    number: str

    def counted(
        self, lines: Lines, columns: Sequence[str], wanted: Sequence[str], bindings: Mapping[str, Node]
    ) -> Iterator[bytes]:
        """Count the rows of each group, groups with none among them, in the order of their first rows.

        Parameters
        ----------
        lines
            The rows, and in ``columns`` their columns.
        wanted
            The columns of the answer.
        bindings
            What is given.
        """
        given = self.parts.conditions.given
        of_group = [columns.index(name) for name in wanted if name != self.number and name not in given]
        found = Counter(_groups(self.parts.conditions.picked(lines, columns, bindings), of_group))
        for group in dict.fromkeys(_groups(lines, of_group)):
            cells = iter(group)
            shown = (str(bindings[name]).encode() if name in bindings else b"" for name in wanted if name in given)
            yield b"\t".join(
                b"%d" % found[group] if name == self.number else next(shown if name in given else cells)
                for name in wanted
            )


def _groups(lines: Iterable[bytes], places: Sequence[int]) -> Iterator[tuple[bytes, ...]]:
    most = max(places, default=0) + 1
    for line in lines:
        # What stands behind, as a long text does, need not be taken apart.
        cells = line.split(b"\t", most)
        yield tuple([cells[place] for place in places])


def tally(query: str, given: Collection[str], columns: Sequence[str]) -> Tally | None:
    """Say how a query counts rows by a condition on what it is given; None where it is not plainly of that form.

    Examples
    --------
    >>> query = 'SELECT ?plan (SUM(?x) AS ?n) ?w { GRAPH ?g { ?plan a pw:Plan . ?a pw:text ?t'
    >>> query += ' BIND (IF (CONTAINS(?t, ?w), 1, 0) AS ?x) } } GROUP BY ?plan ?w ORDER BY ?n'
    >>> tally(query, ["w"], ["plan", "n", "w"]).parts.query
    'SELECT ?plan ?t ?w { GRAPH ?g { ?plan a pw:Plan . ?a pw:text ?t  } } ORDER BY STRAFTER(STR(?plan), "/plan/")'
    """
    sums, groups = SUM.findall(query), GROUP.findall(query)
    if len(sums) != 1 or len(groups) != 1:
        return None
    summed, number = sums[0]
    tokens = [token for token in tokens_of(query) if token.kind != "comment"]
    words = [token.text.upper() for token in tokens]
    places = [at for at, token in enumerate(tokens) if token.text == summed]
    # Used once to be summed, and once where it is made: BIND (IF (condition, 1, 0) AS ?x).
    made = places[-1]
    if len(places) != 2 or tuple(words[made - len(ONE_OR_NONE) : made]) != ONE_OR_NONE:  # noqa: PLR2004 - as said
        return None
    start = max(at for at, word in enumerate(words[:made]) if word == "BIND")
    if words[start : start + 4] != ["BIND", "(", "IF", "("]:
        return None
    condition = query[tokens[start + 3].start + 1 : tokens[made - len(ONE_OR_NONE)].start]
    others = {one for one in columns if f"?{one}" != number}
    looked_at = sorted(
        {token.text for token in tokens_of(condition) if token.kind == "variable"} - {f"?{one}" for one in others}
    )
    select = next(token.start for token in tokens if token.word == "SELECT")
    shown = query[select : tokens[start].start].partition("{")[0]
    if set(groups[0].split()) != {f"?{one}" for one in others} or "(" in SUM.sub("", shown):
        return None
    end = tokens[made + 1].start + 1
    rows = f"{query[: tokens[start].start]}FILTER ({condition.strip()}){query[end:]}"
    rows = SUM.sub(" ".join(looked_at), rows)
    rows = GROUP.sub("", rows).partition("ORDER BY")[0] + f"ORDER BY {PLAN_ORDER}"
    parts = split(rows, given, [*others, *(one[1:] for one in looked_at)])
    return Tally(parts, number[1:]) if parts else None
