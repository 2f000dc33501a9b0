"""The object a user holds: one graph of plans, iterated, checked, asked, taken to rdflib, exported."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import unquote

from planweave.errors import NotFound, nearest
from planweave.library import Library
from planweave.store import Store
from planweave.terms import ONTOLOGY_GRAPH, REGISTERS_GRAPH, action_iri, plan_graph, plan_iri, provenance_graph
from planweave.workspace import Workspace

if TYPE_CHECKING:
    import datetime as dt
    import os
    from collections.abc import Iterator, Sequence
    from typing import Self

    import rdflib

    from planweave.asking.answers import Answer
    from planweave.asking.prepared import Prepared
    from planweave.asking.questions import Question
    from planweave.asking.running import Dataset, Limits
    from planweave.assessing import Assessment, Options, Waiver
    from planweave.building import Progress
    from planweave.checking import Engine
    from planweave.comparing import Comparison
    from planweave.findings import Severity
    from planweave.involving import Body, PartyIndex
    from planweave.likening import Likeness
    from planweave.networks.drawn import Drawing
    from planweave.networks.network import Network
    from planweave.networks.what_if import Slip, Without
    from planweave.records import Action, PlanRecord
    from planweave.searching import Hit, SearchIndex
    from planweave.workspace import Build, Entry

__all__ = ["Graph"]

ASKED_TOGETHER: Final = 32
"""A graph of no more plans is asked as it is; of a larger one, answers may be prepared, or a plan be asked alone."""

FEW: Final = 8
"""So many plans are read from their own files, where a query names their graphs and no other."""

S = TypeVar("S", bound=str)


class Graph:
    """A graph of plans on disk.

    Made by :func:`planweave.build` or :func:`planweave.open`. It shows the build that was current when it
    was opened; open it again after a later build into the same folder, which removes this one's files.

    Examples
    --------
    ::

        graph = planweave.open("weave/")
        for plan in graph.plans():
            print(plan.plan.title, len(plan.actions))
        graph.action("northmoor/13.1").leads
        graph.rdflib.query("SELECT (COUNT(*) AS ?n) WHERE { ?action a pw:Action }")
        for finding in graph.check(plan="northmoor", as_of="2024-12-31"):
            print(finding.ref, finding.message)
        graph.export("northmoor.xlsx", plan="northmoor")
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._build = Workspace(folder).opened()
        self._manifest = self._build.manifest()
        self._store: Store | None = None

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of the plans, in the order they were read."""
        return tuple(entry.plan for entry in self._manifest.entries)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.ids)

    @property
    def summary(self) -> tuple[Entry, ...]:
        """One row of counts a plan."""
        return self._manifest.entries

    @property
    def store(self) -> Store:
        """The Oxigraph store, opened for reading."""
        if self._store is None:
            self._store = Store(self._build.store)
        return self._store

    @property
    def rdflib(self) -> rdflib.Dataset:
        """An rdflib Dataset over the same store; its default graph is the union of all graphs."""
        return self.store.rdflib()

    @property
    def files(self) -> Build:
        """The files of the build."""
        return self._build

    @property
    def records_folder(self) -> Path:
        """The folder with one JSON record a plan."""
        return self._build.records

    @property
    def shards_folder(self) -> Path:
        """The folder with one sorted, gzipped N-Quads file a plan."""
        return self._build.folder / "shards"

    def plan(self, plan: str) -> PlanRecord:
        """Give one plan as a record, read back from the graph.

        Raises
        ------
        NotFound
            If the graph has no such plan; the nearest ids are offered.
        """
        from planweave.unweaving import unweave

        self.check_plan(plan)
        return unweave(plan, self.store.triples(plan_graph(plan)), self.store.triples(provenance_graph(plan)))

    def plans(self) -> Iterator[PlanRecord]:
        """Go through the plans as records, one at a time."""
        return (self.plan(plan) for plan in self.ids)

    def actions(self) -> Iterator[Action]:
        """Go through the actions of every plan as records, in printed order."""
        return (action for plan in self.plans() for action in plan.actions)

    def action(self, action: str) -> Action:
        """Give one action by its id, such as ``northmoor/13.1``.

        Raises
        ------
        NotFound
            If the graph has no such plan or action; the nearest ids are offered.
        """
        actions = {known.id: known for known in self.plan(action.partition("/")[0]).actions}
        if action not in actions:
            raise NotFound(f"there is no action {action!r}", fix=nearest(action, actions))
        return actions[action]

    def export(self, path: str | os.PathLike[str], plan: str | None = None) -> Path:
        """Write the graph, or one plan of it, to a file; the suffix decides the format.

        Parameters
        ----------
        path
            Ends in .trig, .nq, .ttl, .jsonld, .csv, .json or .xlsx.
        plan
            The id of one plan; None writes all.

        Returns
        -------
        The path that was written.

        Raises
        ------
        NotFound
            If the format or the plan is not known.
        PlanweaveError
            If the file cannot be written; what was there before is untouched.
        """
        from planweave.exporting import export_graph

        if plan is not None:
            self.check_plan(plan)
        target = Path(path)
        plans = self.ids if plan is None else (plan,)
        export_graph(map(self.plan, plans), self._build, target, plans)
        return target

    def check(
        self,
        *,
        plan: str | Sequence[str] = (),
        only: str | Sequence[str] = (),
        severity: Severity | Sequence[Severity] = (),
        as_of: dt.date | str | None = None,
        profile: str = "default",
        shapes: str | os.PathLike[str] | None = None,
        waivers: str | os.PathLike[str] | None = None,
        engine: Engine = "sparql",
        library: Library | None = None,
    ) -> Assessment:
        """Say what the plans leave out and contradict.

        Parameters
        ----------
        plan
            The id of one plan, or several; all unless told otherwise.
        only
            The name of one check, or several; all of the profile unless told otherwise.
        severity
            ``"violation"``, ``"warning"``, ``"info"``, or several: other findings are counted and not told.
        as_of
            The day of the check, as a date or as ``"2024-12-31"``; today unless told otherwise.
        profile
            Which checks are made, and how serious they are: the name of a file in ``shapes/``.
        shapes
            A SHACL file of your own, instead of the library's checks.
        waivers
            A file of accepted findings; those beside the plans unless told otherwise.
        engine
            ``"pyshacl"`` asks the reference instead of SPARQL; it gives the same, slowly.
        library
            The definitions to check with; None takes the bundled ones.

        Returns
        -------
        The findings, to iterate over, to show in a notebook and to write to a file; and the scorecards.

        Raises
        ------
        NotFound
            If there is no such plan, check or profile; the nearest names are offered.
        PlanweaveError
            If the day is no date, or a shapes file, a profile or a waiver cannot be used.
        """
        from planweave.assessing import Options

        options = Options(
            library or Library.bundled(),
            plans=_several(plan),
            only=_several(only),
            severities=_several(severity),
            as_of=as_of,
            profile=profile,
            shapes=Path(shapes) if shapes else None,
            waivers=(Path(waivers),) if waivers else (),
            engine=engine,
        )
        return self.assess(options)

    def assess(self, options: Options, progress: Progress | None = None) -> Assessment:
        """Check with options that are made already; :meth:`check` is this for a script."""
        from planweave.assessing import BuiltPlans, assess

        return assess(BuiltPlans(self._build, self.folder, self.store), options, progress)

    def accept(
        self,
        finding: str,
        subject: str,
        *,
        reason: str,
        by: str,
        value: str | None = None,
        day: dt.date | str | None = None,
        as_of: dt.date | str | None = None,
        waivers: str | os.PathLike[str] | None = None,
        library: Library | None = None,
    ) -> Waiver:
        """Accept a finding, in the file of waivers beside the plan.

        Parameters
        ----------
        finding
            The name of the check.
        subject
            The id of the action, such as ``northmoor/13.1``, or of the plan.
        reason, by
            Why it is accepted, and by whom.
        value
            Which one, where the check finds several things there; None accepts all of them.
        day
            When it was accepted; today unless told otherwise.
        as_of
            The day of the check that finds it; today unless told otherwise.
        waivers
            The file to write to; ``waivers.toml`` beside the plan unless told otherwise.
        library
            The definitions to check with; None takes the bundled ones.

        Raises
        ------
        NotFound
            If there is no such plan, action or check, or the check finds nothing there.
        PlanweaveError
            If it is accepted already, or the file cannot be written.
        """
        from planweave.assessing import BuiltPlans, Options, Said, accept_finding

        plans = BuiltPlans(self._build, self.folder, self.store)
        file = (Path(waivers),) if waivers else ()
        options = Options(library or Library.bundled(), only=(finding,), as_of=as_of, waivers=file)
        return accept_finding(plans, options, subject, Said(reason, by, value, day))

    def reopen(
        self,
        finding: str,
        subject: str,
        *,
        value: str | None = None,
        waivers: str | os.PathLike[str] | None = None,
    ) -> Waiver:
        """Take back that a finding is accepted: its entry goes out of the file of waivers, all else stays.

        Parameters
        ----------
        finding, subject
            As in :meth:`accept`.
        value
            Which one, where several things that the check finds there are accepted.
        waivers
            The file it stands in; ``waivers.toml`` beside the plan unless told otherwise.

        Returns
        -------
        What was accepted.

        Raises
        ------
        NotFound
            If there is no such plan, or nothing of the kind is accepted.
        PlanweaveError
            If several things are, or the file cannot be written.
        """
        from planweave.assessing import BuiltPlans, reopen_finding

        plan = subject.partition("/")[0]
        self.check_plan(plan)
        files = BuiltPlans(self._build, self.folder, self.store).waiver_files((plan,))
        return reopen_finding((Path(waivers),) if waivers else tuple(files), finding, subject, value)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The questions of the bundled library, by name; see :meth:`ask`."""
        from planweave.asking.questions import read_questions

        return read_questions(Library.bundled())

    def ask(
        self, question: str, *, library: Library | None = None, limits: Limits | None = None, **values: object
    ) -> Answer:
        """Ask a question of the library by its name.

        Parameters
        ----------
        question
            The name of a file in ``queries/``.
        library
            Where the question stands; None takes the bundled ones.
        limits
            What it may take.
        values
            What it is given, such as ``plan="northmoor"``, as its header says.

        Returns
        -------
        The answer: it iterates as rows, shows as a table in a notebook, and can be written to a file.

        Raises
        ------
        NotFound
            If there is no such question or parameter, or no such plan, action or party; the nearest names are offered.
        QueryError
            If a parameter is missing or of the wrong kind, or a limit is reached.
        """
        from planweave.asking.answering import answer_query, given_words
        from planweave.asking.answers import About, Answer
        from planweave.asking.kept import Limits
        from planweave.asking.parameters import bindings_of
        from planweave.asking.questions import read_question

        asked = read_question(library or Library.bundled(), question)
        bindings = bindings_of(asked, values, lambda: self.store, self._known)
        about = About(asked.title, asked.text, notices=(asked.note,) if asked.note else ())
        limits = limits or Limits()
        large = len(self.ids) > ASKED_TOGETHER
        if large and (run := self._prepared.answer(asked, bindings, limits)):
            return Answer(run, replace(about, sparql=asked.sparql, given=given_words(bindings)))
        plan = bindings.get("plan")
        quads = self._own_files(asked, str(values["plan"])) if large and plan is not None else ()
        answer = answer_query(self._build.store, asked.sparql, bindings, limits=limits, quads=quads, about=about)
        if not len(answer) and plan is not None:
            from planweave.asking.silence import silent

            entry = next(entry for entry in self.summary if plan_iri(entry.plan) == plan.value)
            answer.notice(silent(entry, asked.sparql))
        return answer

    def _own_files(self, question: Question, plan: str) -> tuple[Path, ...]:
        """Give the files that hold all that a question to one plan looks at; none where it may look further.

        A plan by itself is asked in an instant, where the engine may go through all plans on disk to find it.
        """
        from planweave.asking.locality import by_plan

        how = by_plan(question.sparql)
        files = (self._build.shard(plan), *([self._build.registers] if how and how.registers else ()))
        return files if how and all(path.is_file() for path in files) else ()

    def _named_files(self, query: str) -> tuple[Path, ...]:
        """Give the files of the few plans whose graphs a query names, where it looks at no other graph."""
        if len(self.ids) <= ASKED_TOGETHER:
            return ()
        from planweave.asking.locality import graphs_named

        graphs = graphs_named(query) or ()
        plans = {unquote(graph.rpartition("/")[2]) for graph in graphs}
        own = {graph for plan in plans & self._known for graph in (plan_graph(plan), provenance_graph(plan))}
        return tuple(map(self._build.shard, sorted(plans))) if len(plans) <= FEW and own >= set(graphs) else ()

    @cached_property
    def _prepared(self) -> Prepared:
        from planweave.asking.prepared import Prepared
        from planweave.assessing import BuiltPlans

        plans = BuiltPlans(self._build, self.folder, self.store)
        return Prepared(self.folder, {plan: plans.state(plan) for plan in self.ids})

    def prepare(self, *, library: Library | None = None, progress: Progress = lambda *_: None) -> int:
        """Work out the answers of the library's questions before they are asked, where that can be done.

        A large graph answers them at once afterwards; what has not changed since the last time is not worked out
        again.

        Parameters
        ----------
        library
            Where the questions stand; None takes the bundled ones.
        progress
            Told what is done, how far it is and how far it goes.

        Returns
        -------
        How many plans were asked.
        """
        from planweave.asking.preparing import prepare
        from planweave.asking.questions import read_questions

        return prepare(self._prepared, read_questions(library or Library.bundled()).values(), self._build, progress)

    def sparql(
        self, query: str, *, library: Library | None = None, limits: Limits | None = None, **bindings: object
    ) -> Answer:
        """Ask the graph in SPARQL; a query that names no graph sees the union of all.

        Parameters
        ----------
        query
            A SELECT, ASK, CONSTRUCT or DESCRIBE. planweave's prefixes need not be declared.
        library
            Whose ontology the names in the query are compared with; None takes the bundled one.
        limits
            What it may take; reaching a limit is an error.
        bindings
            Variable → value, handed over as a term.

        Raises
        ------
        QueryError
            If it is not SPARQL, does what it may not (updates, other servers), or reaches a limit.
        """
        from planweave.asking.answering import answer_query
        from planweave.errors import QueryError

        if not isinstance(query, str):
            raise QueryError(f"a query is text, not {query!r}", fix="write SPARQL, such as SELECT …")
        library = library or Library.bundled()
        return answer_query(
            self._build.store,
            query,
            bindings,
            limits=limits,
            graphs=self._graphs,
            library=library,
            quads=self._named_files(query),
        )

    def sparql_request(
        self,
        query: str,
        dataset: Dataset | None = None,
        *,
        library: Library | None = None,
        limits: Limits | None = None,
    ) -> Answer:
        """Ask as the SPARQL protocol has it; :meth:`sparql` is for people.

        Parameters
        ----------
        query
            As for :meth:`sparql`; an IRI may be written without its beginning, and begins as planweave's own then.
        dataset
            The graphs that are asked, whatever the query says of them; None is what the query says.
        library, limits
            As for :meth:`sparql`, and the same can be wrong.
        """
        from planweave.asking.answering import answer_query

        return answer_query(
            self._build.store,
            query,
            limits=limits,
            graphs=self._graphs,
            library=library or Library.bundled(),
            dataset=dataset,
            relative=True,
            quads=() if dataset else self._named_files(query),
        )

    @cached_property
    def _graphs(self) -> frozenset[str]:
        """The names of the named graphs."""
        named = (one for plan in self.ids for one in (plan_graph(plan), provenance_graph(plan)))
        return frozenset((*named, REGISTERS_GRAPH, ONTOLOGY_GRAPH))

    def describe(self, thing: str) -> Answer:
        """Give what the graph says of a plan, an action or an agency, as a graph.

        Parameters
        ----------
        thing
            The id of a plan or of an action, such as ``northmoor/13.1``, or any IRI of the graph.

        Returns
        -------
        A graph, to iterate over and to write as ``"ttl"``, ``"nt"`` or ``"jsonld"``.

        Raises
        ------
        NotFound
            If there is no such plan or action, or nothing is said of it; the nearest ids are offered.
        """
        from planweave.describing import describe, plan_of

        iri = thing
        if "://" not in thing:
            iri = action_iri(thing) if "/" in thing else plan_iri(thing)
        plan = plan_of(iri)
        if plan is not None:
            self.check_plan(plan)
        try:
            return describe(iri, self._build, self.store)
        except NotFound:
            if plan is not None and "://" not in thing:
                self.action(thing)  # says which there are
            raise

    def network(
        self, name: str, *, library: Library | None = None, limits: Limits | None = None, **values: object
    ) -> Network:
        """Give a network of the library by its name.

        Parameters
        ----------
        name
            The name of a file in ``graphs/``.
        library
            Where it stands; None takes the bundled ones.
        limits
            What its query may take; None is enough for a million actions.
        values
            What it is given, such as ``plan="northmoor"``, as its header says.

        Returns
        -------
        A networkx graph, directed where its edges lead from one node to the other. Nodes are IRIs, or texts;
        docs/networks.md says which attributes nodes and edges have.

        Raises
        ------
        NotFound
            If there is no such network or parameter, or no such plan, action or party; the nearest names are offered.
        QueryError
            If a parameter is missing or of the wrong kind, or a limit is reached: no network is given in part.
        """
        from planweave.networks.definitions import definition_of
        from planweave.networks.network import network_of

        return network_of(self, definition_of(library or Library.bundled(), name), values, limits)

    def draw(
        self, name: str, *, library: Library | None = None, limits: Limits | None = None, **values: object
    ) -> Drawing:
        """Draw a network of the library: a notebook shows it, and its ``save()`` writes .html or .svg.

        What is given, and what can be wrong, is as for :meth:`network`.
        """
        from planweave.networks.drawn import Drawing

        return Drawing(self, self.network(name, library=library, limits=limits, **values))

    def without(self, party: str, *, plan: str | None = None) -> Without:
        """Say what the plans would lose without a party; nothing is changed.

        Parameters
        ----------
        party
            A body, team or post, by any name that a plan or the register has for it. Its parts, and what it is called
            before and after, are taken together with it.
        plan
            The id of one plan; None looks at all.

        Returns
        -------
        What each action loses, and what else is linked with those that are left without a lead. Its ``answer()`` is
        a table.

        Raises
        ------
        NotFound
            If nobody is called so, or there is no such plan; the nearest names are offered.
        QueryError
            If several parties are called so.
        """
        from planweave.networks.what_if import Records, what_if_without

        records = Records(self._known, self._build.plan_record)
        return what_if_without(party, plan, store=self.store, questions=self.questions, records=records)

    def slip(self, action: str, by: str, *, plan: str | None = None) -> Slip:
        """Say what may be affected if an action slips; nothing is changed, and no other action gets a new date.

        Parameters
        ----------
        action
            Its id, such as ``northmoor/13.1``.
        by
            The delay: ``"10d"``, ``"2w"``, ``"3m"``, ``"1y"``, or in words ``"3 months"``.
        plan
            The plan that it has to be in; None is any.

        Returns
        -------
        Its old latest day and what so much later would be; the actions that may be affected, each with the path. Its
        ``answer()`` is a table.

        Raises
        ------
        NotFound
            If there is no such action or plan; the nearest ids are offered.
        QueryError
            If the delay is none.
        """
        from planweave.networks.what_if import Records, what_if_late

        records = Records(self._known, self._build.plan_record)
        return what_if_late(action, by, plan, store=self.store, questions=self.questions, records=records)

    def compare(self, *plans: str, as_of: dt.date | str | None = None, library: Library | None = None) -> Comparison:
        """Set plans side by side: numbers, bodies, what is said alike; and what became of an earlier edition.

        Parameters
        ----------
        plans
            The ids of two or more.
        as_of
            The day for which findings are counted; today unless told otherwise.
        library
            The definitions to check with; None takes the bundled ones.

        Returns
        -------
        Its tables are in ``sections``; it can be written to a file.

        Raises
        ------
        NotFound
            If there is no such plan; the nearest ids are offered.
        QueryError
            If these are not two different plans or more.
        """
        from planweave.comparing.comparison import check_plans, compare
        from planweave.deriving import load_knowledge

        for plan in plans:
            self.check_plan(plan)
        check_plans(plans)
        used = library or Library.bundled()
        assessment = self.check(plan=plans, as_of=as_of, library=used)
        stems = load_knowledge(used).stems
        return compare(self._build, plans, assessment.scorecards, stems, assessment.report.as_of)

    def search(self, words: str, plan: str | None = None, most: int = 50) -> list[Hit]:
        """Find the actions that are about something: all of the words, in any form; phrases in double quotes.

        Parameters
        ----------
        words
            What is looked for.
        plan
            The id of one plan; None looks in all.
        most
            How many are given at most, the best first.

        Raises
        ------
        NotFound
            If there is no such plan.
        QueryError
            If there is no word in it.
        """
        if plan is not None:
            self.check_plan(plan)
        return self._search.find(words, plan, most)

    @cached_property
    def _search(self) -> SearchIndex:
        from planweave.assessing import BuiltPlans
        from planweave.searching import FILE, SearchIndex

        plans = BuiltPlans(self._build, self.folder, self.store)
        return SearchIndex(self.folder / FILE, {one: plans.state(one) for one in self.ids}, plans.record)

    def like(self, action: str, *, most: int = 8, library: Library | None = None) -> list[Likeness]:
        """Find actions of other plans that say something like an action.

        Parameters
        ----------
        action
            Its id, such as ``northmoor/13.1``.
        most
            How many are given at most, the most alike first.
        library
            Whose small words do not count; None takes the bundled one.

        Raises
        ------
        NotFound
            If there is no such action.
        """
        from planweave.likening import likenesses, stems_of

        plan = action.partition("/")[0]
        self.check_plan(plan)
        actions = {known.id: known for known in self._build.plan_record(plan).actions}
        if action not in actions:
            raise NotFound(f"there is no action {action!r}", fix=nearest(action, actions))
        stems = stems_of(library or Library.bundled())
        return likenesses(action, actions[action].text, stems, self._search.having_any, most)

    @cached_property
    def bodies(self) -> dict[str, Body]:
        """What the registers say of agencies, by their IRIs: other names, parts, what became of them, what is open."""
        from planweave.involving import read_bodies

        return read_bodies(self.store.triples(REGISTERS_GRAPH))

    @cached_property
    def parties(self) -> PartyIndex:
        """The parties of all plans; its ``update()`` reads what changed since it was used last."""
        from planweave.assessing import BuiltPlans
        from planweave.involving import PartyIndex

        plans = BuiltPlans(self._build, self.folder, self.store)
        return PartyIndex(self.folder, {plan: plans.state(plan) for plan in self.ids}, plans.record)

    def check_plan(self, plan: str) -> None:
        """Raise NotFound unless the graph has a plan of this id."""
        if plan not in self._known:
            raise NotFound(f"there is no plan {plan!r} in this graph", fix=nearest(plan, self.ids))

    def close(self) -> None:
        """Let go of the store."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        """Give the number of quads."""
        return len(self.store)

    def __repr__(self) -> str:
        actions = sum(entry.actions for entry in self.summary)
        return f"<planweave.Graph {str(self.folder)!r}: {len(self.ids)} plans, {actions} actions>"

    def _repr_html_(self) -> str:
        from planweave.showing import graph_html

        return graph_html(self.summary)


def _several(named: S | Sequence[S]) -> tuple[S, ...]:
    """One name, or several of them."""
    return (named,) if isinstance(named, str) else tuple(named)
