"""What a query that is right may have meant: names that the graph does not have, variables without a value."""

from __future__ import annotations

import difflib
import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

from planweave.asking.grammar import Branch, tree_of
from planweave.asking.variables import unbound
from planweave.errors import nearest
from planweave.sparql.functions import FUNCTION
from planweave.sparql.tokens import Token, iri_of, place, prefixes_of, tokens_of
from planweave.store import Store, read_turtle
from planweave.terms import AGENCY, BASE, GRAPH, PLAN, PREFIXES, PW, RDF, RDFS, XSD, plan_graph, plan_iri

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from planweave.library import Library

__all__ = ["doubts_about"]

DECLARED: Final = (PW, AGENCY, *(BASE + kind for kind in ("status/", "flag/", "timing/", "kind/", "party-kind/")))
"""The namespaces of which the ontology folder has every name."""

DATATYPES: Final = frozenset(
    XSD + name
    for name in re.findall(
        r"\w+",
        """string boolean decimal integer double float date time dateTime dateTimeStamp gYear gMonth gDay gYearMonth
        gMonthDay duration yearMonthDuration dayTimeDuration byte short int long unsignedByte unsignedShort unsignedInt
        unsignedLong positiveInteger nonNegativeInteger negativeInteger nonPositiveInteger hexBinary base64Binary
        anyURI language normalizedString token NMTOKEN Name NCName""",
    )
) | {RDF + "langString"}
"""What a value can be, or be turned into, whether or not the graph has one of its kind."""

LONGEST: Final = 5_000
"""So many words of a query are looked at; longer ones are written by programs, which do not misspell."""

LEAST_ALIKE: Final = 0.59
"""How like another a name has to be, to be offered for it."""

NAMESPACES_ALIKE: Final = 0.93
"""How like a known namespace another has to be, to be taken for it: all of one site begin alike."""

VOCABULARY: Final = "see docs/vocabulary.html"


def doubts_about(
    query: str,
    library: Library,
    store: Path | None = None,
    graphs: Collection[str] | None = None,
    values: Collection[str] = (),
) -> tuple[str, ...]:
    """Say which names of a query stand for nothing, and which variables have no value, with the nearest that do.

    Parameters
    ----------
    query
        A query that the engine understands.
    library
        Whose ontology folder.
    store
        The folder of the store that is asked; without it, only the names that the ontology folder has to have are
        looked at.
    graphs
        The names of its named graphs.
    values
        The variables that are given a value with the query.

    Examples
    --------
    >>> from planweave.library import Library
    >>> doubts_about("ASK { ?action pw:led ?party }", Library.bundled())
    ('line 1, column 15: the ontology has no pw:led; did you mean pw:lead?',)
    """
    tokens = tokens_of(query)
    tree = tree_of(tokens) if len(tokens) < LONGEST else None
    if tree is None:
        return ()
    misspelt = dict(_misspelt(tokens))
    names = _Names(library, store, graphs or (), prefixes_of(tokens, PREFIXES), tuple(misspelt))
    found = [(token.start, sentence) for token, sentence in names.doubts(tree)]
    found += list(misspelt.values())
    found += [
        (one.token.start, f"nothing gives {one.token.text} a value; {_other(one.token.text, one.given)}")
        for one in unbound(tree, values)
    ]
    return tuple(f"{place(query, start)}: {sentence}" for start, sentence in sorted(found))


def _misspelt(tokens: list[Token]) -> Iterator[tuple[str, tuple[int, str]]]:
    """Give each namespace after PREFIX that is nearly one that is known, with its place and a sentence."""
    known = sorted(set(PREFIXES.values()))
    for prefix, namespace in prefixes_of(tokens, {}).items():
        close = difflib.get_close_matches(namespace, known, n=1, cutoff=NAMESPACES_ALIKE)
        token = next((one for one in tokens if one.text == f"<{namespace}>"), None)
        if namespace not in known and close and token is not None and not namespace.startswith(PLAN):
            said = f"{prefix}: stands for no namespace that is known; did you mean <{close[0]}>?"
            yield namespace, (token.start, said)


def _other(variable: str, given: tuple[str, ...]) -> str:
    """Say which variable was probably meant, or which have a value."""
    said = nearest(f"?{variable[1:]}", given)
    return said if said.startswith("did you mean") else f"{said.replace('there are:', 'these have one:')}."


class _Ontology(NamedTuple):
    """The IRIs that the ontology folder speaks of, and the properties that are a kind of another."""

    iris: frozenset[str]
    kinds: Mapping[str, tuple[str, ...]]


def _ontology(library: Library) -> _Ontology:
    return _read(tuple((path, path.stat().st_mtime_ns) for path in library.files("ontology", ".ttl")))


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[Path, int], ...]) -> _Ontology:
    """Read the ontology folder once for each state of its files."""
    iris: set[str] = set()
    kinds: dict[str, tuple[str, ...]] = {}
    for path, _ in files:
        for triple in read_turtle(path):
            iris.update(map(str, triple))
            if triple.predicate in {RDFS + "subPropertyOf", RDFS + "subClassOf"}:
                kinds[triple.object] = (*kinds.get(triple.object, ()), triple.subject)
    return _Ontology(frozenset(iris), kinds)


class _Names:
    """The names of a query, held against the ontology and the graph."""

    def __init__(
        self,
        library: Library,
        store: Path | None,
        graphs: Collection[str],
        prefixes: Mapping[str, str],
        misspelt: tuple[str, ...] = (),
    ) -> None:
        self._ontology = _ontology(library)
        self._misspelt = misspelt
        self._folder, self._graphs, self._prefixes = store, graphs, prefixes

    @cached_property
    def _store(self) -> Store | None:
        """The store; it is opened where a name is in doubt, and not before."""
        return Store(self._folder) if self._folder is not None else None

    def doubts(self, tree: Branch) -> Iterator[tuple[Token, str]]:
        """Give each name that stands for nothing, once, with a sentence."""
        said = set()
        for token, rule in _names(tree):
            iri = iri_of(token, dict(self._prefixes))
            if iri is None or iri in said or iri.endswith(("/", "#")) or not re.match(r"[A-Za-z][\w+.-]*:", iri):
                continue
            said.add(iri)
            if iri.startswith(self._misspelt) and self._misspelt:
                # One sentence about the namespace says it of all its names.
                continue
            sentence = self._doubt(token.text, iri, is_verb=rule in {"Step", "OneOf"})
            if sentence is not None:
                yield token, sentence

    def _doubt(self, text: str, iri: str, *, is_verb: bool) -> str | None:
        own = iri.startswith(DECLARED)
        if self._stands(iri, own=own, is_verb=is_verb):
            return None
        if own:
            return self._undeclared(text, iri)
        if iri in self._ontology.iris:
            return self._wider(text, iri)
        if iri.startswith(PLAN):
            return self._of_plan(text, iri)
        space = iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
        known = self._graphs if iri.startswith(GRAPH) else self._ontology.iris
        return self._nearest(f"nothing in this graph is called {text}", iri, space, known)

    def _stands(self, iri: str, *, own: bool, is_verb: bool) -> bool:
        """Say whether a name stands for something; one of planweave's own may do so in another graph."""
        declared = iri in self._ontology.iris and (own or not is_verb)
        # A function that there is not has stopped the query before.
        if declared or iri in DATATYPES or iri in self._graphs or iri.startswith(FUNCTION):
            return True
        if self._store is None:
            return not own
        return self._store.has_property(iri) if is_verb else self._store.mentions(iri)

    def _undeclared(self, text: str, iri: str) -> str:
        space = next(space for space in DECLARED if iri.startswith(space))
        return self._nearest(f"the ontology has no {text}", iri, space, self._ontology.iris)

    def _nearest(self, what: str, iri: str, space: str, known: Collection[str]) -> str:
        names = {name.removeprefix(space): name for name in known if name.startswith(space)}
        name = iri.removeprefix(space)
        close = _closest(name, sorted(names))
        return f"{what}; did you mean {self._short(names[close])}?" if close else f"{what}; {VOCABULARY}."

    def _wider(self, text: str, iri: str) -> str:
        """Say of a property that the ontology only compares its own with what stands in the graph instead."""
        own = [self._short(kind) for kind in self._ontology.kinds.get(iri, ()) if kind.startswith(PW)]
        end = f"the graph has {' and '.join(own)} in its place." if own else f"{VOCABULARY}."
        return f"nothing in this graph has the property {text}; {end}"

    def _of_plan(self, text: str, iri: str) -> str:
        """Say of a plan, or of something of a plan, that the graph does not have it."""
        segment, _, rest = iri.removeprefix(PLAN).partition("/")
        plan = unquote(segment)
        if plan_graph(plan) not in self._graphs:
            plans = [plan_iri(unquote(graph.removeprefix(plan_graph("")))) for graph in self._graphs]
            return self._nearest(f"the graph has no plan {plan}", PLAN + segment, PLAN, plans)
        if rest.startswith("action/") and self._store is not None:
            query = f"SELECT ?action WHERE {{ GRAPH <{plan_graph(plan)}> {{ ?action a <{PW}Action> }} }}"
            actions = [row["action"].value for row in self._store.select(query)]
            what = f"the plan {plan} has no action {unquote(rest.removeprefix('action/'))}"
            return self._nearest(what, iri, f"{plan_iri(plan)}/action/", actions)
        return f"nothing in this graph is called {text}; {VOCABULARY}."

    def _short(self, iri: str) -> str:
        for prefix, namespace in self._prefixes.items():
            name = iri.removeprefix(namespace)
            if namespace and name != iri and "/" not in name:
                return f"{prefix}:{name}"
        return f"<{iri}>"


def _closest(name: str, names: Iterable[str]) -> str | None:
    """Give the name that is most like another; among many it takes a moment only, as most are ruled out by a look."""
    best, closest = LEAST_ALIKE, None
    matcher = difflib.SequenceMatcher(b=name)
    for one in names:
        if one.casefold() == name.casefold():
            return one
        matcher.set_seq1(one)
        if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and (ratio := matcher.ratio()) > best:
            best, closest = ratio, one
    return closest


def _names(branch: Branch) -> Iterator[tuple[Token, str]]:
    """Give the IRIs and names that a query looks for, each with the rule that it stands in.

    What a CONSTRUCT makes is the user's own, and what stands after FROM was looked at before.
    """
    for part in branch.parts:
        if isinstance(part, Branch):
            if part.rule == "Iri":
                yield from ((token, branch.rule) for token in part.tokens())
            elif part.rule not in {"Prologue", "Dataset"} and not (part.rule == "Template" and _has_pattern(branch)):
                yield from _names(part)


def _has_pattern(construct: Branch) -> bool:
    return any(isinstance(part, Branch) and part.rule == "Where" for part in construct.parts)
