"""The ontology folder: what planweave writes is defined in it, its examples are true, and its style is kept."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple, get_args

import msgspec
import pyshacl
import pytest
import rdflib
from rdflib.namespace import DC, DCAT, OWL, RDF, SH

from planweave.deriving import load_knowledge
from planweave.library import Library, bundled_plans
from planweave.reading.definition import FIELDS, fold
from planweave.reading.reader import Reader
from planweave.records import BLANK_FIELDS, FLAGS, DueKind, PartyKind, PlanRecord, Status
from planweave.registers import load_register, load_shared_concepts
from planweave.store import Text, Triple, parse_quads, read_turtle
from planweave.terms import AGENCY, BASE, BLANKS, GIVES, ORG, PLAN, PREFIXES, PW, RDFS, SKOS, action_iri, plan_iri
from planweave.version import VERSION
from planweave.weaving import weave

ROOT = Path(__file__).parent.parent
ONTOLOGY = ROOT / "ontology"
FILES = ("agencies.ttl", "concepts.ttl", "planweave.ttl")
PLANS = tuple(sorted(path.stem for path in bundled_plans().glob("*.txt")))
STYLE = "https://w3id.org/planweave/style#"
TYPE = str(RDF.type)
NOWHERE = "none of the bundled plans"
EXAMPLE = re.compile(r"(?P<plan>[a-z-]+)(?:/(?P<ref>[^ :,]+))?(?:, key)?: (?P<words>.+?)(?: → (?P<value>.+))?")
LONG = 12


class Example(NamedTuple):
    """An example of a term: the plan, the action's id or None, the printed words, what the graph makes of them."""

    term: str
    plan: str
    action: str | None
    words: str
    value: str

    def __str__(self) -> str:
        return f"{self.term.rsplit('/', 1)[-1]} at {self.action or self.plan}"


def _flat(text: str) -> str:
    return " ".join(text.split())


@cache
def triples(name: str) -> tuple[Triple, ...]:
    return tuple(read_turtle(ONTOLOGY / name))


@cache
def everything() -> tuple[Triple, ...]:
    return tuple(triple for name in FILES for triple in triples(name))


@cache
def typed(kind: str) -> frozenset[str]:
    return frozenset(s for s, p, o in everything() if p == TYPE and o == kind)


@cache
def record(plan: str) -> PlanRecord:
    return Reader(Library.bundled()).read(bundled_plans() / f"{plan}.txt")


@cache
def woven(plan: str) -> tuple[Triple, ...]:
    quads = weave(record(plan), load_shared_concepts(Library.bundled()), load_knowledge(Library.bundled()))
    return tuple(triple for _, triple in parse_quads(quads))


@cache
def facts(plan: str) -> dict[str, list[Triple]]:
    """What the graph and the registers say, by subject."""
    found = defaultdict(list)
    for triple in (*woven(plan), *triples("agencies.ttl"), *triples("concepts.ttl")):
        found[triple.subject].append(triple)
    return found


def leads_away(subject: str, node: str, start: str) -> bool:
    """Say whether a node is another action, the whole plan of an action, or an agency that another one names."""
    if node.startswith(AGENCY):
        return subject.startswith(AGENCY)
    if node.startswith(PLAN) and "/action/" in node:
        return node != start and not node.startswith(f"{start}/")
    return start.startswith(f"{node}/action/")


@cache
def reached(plan: str, start: str) -> tuple[Triple, ...]:
    """All that is said of an action, or of a plan, and of what it leads to."""
    about = facts(plan)
    said, todo, seen = [], [start], {start}
    while todo:
        subject = todo.pop()
        for triple in about[subject]:
            said.append(triple)
            node = triple.object
            if not isinstance(node, Text) and node not in seen and not leads_away(subject, node, start):
                seen.add(node)
                todo.append(node)
    return tuple(said)


@cache
def printed(plan: str, action: str | None) -> str:
    """What the document prints, or an action's row with its headings and its group, runs of white space as one."""
    if action is None:
        return _flat((bundled_plans() / f"{plan}.txt").read_text(encoding="utf-8"))
    found = next(entry for entry in record(plan).actions if entry.id == action)
    cells = [text for row in found.source for cell in row.cells for text in (cell.text, cell.heading)]
    return "\n".join(map(_flat, (*cells, found.group or "")))


def examples(*names: str) -> list[Example]:
    found = []
    for subject, predicate, text in (triple for name in names for triple in triples(name)):
        if predicate == SKOS + "example" and not text.startswith(NOWHERE):
            match = EXAMPLE.fullmatch(text)
            assert match, f"{subject}: {text}"
            action = f"{match['plan']}/{match['ref']}" if match["ref"] else None
            found.append(Example(subject, match["plan"], action, match["words"], match["value"] or match["words"]))
    return found


def unused() -> frozenset[str]:
    """Terms that say of themselves that no bundled plan has an example."""
    return frozenset(s for s, p, o in everything() if p == SKOS + "example" and o.startswith(NOWHERE))


def shows(example: Example, node: str) -> bool:
    """Say whether a node is, is called, or ends in, the value of an example."""
    if isinstance(node, Text):
        return _flat(node) == example.value or (len(example.value) >= LONG and example.value in _flat(node))
    if node.endswith((f"/{example.value}", f"#{example.value}")):
        return True
    return any(shows(example, value) for _, _, value in facts(example.plan)[node] if isinstance(value, Text))


def emitted() -> frozenset[str]:
    """Every IRI of planweave's own vocabulary that the graphs of the bundled plans hold."""
    words = (
        word
        for plan in PLANS
        for triple in woven(plan)
        for word in triple
        if not isinstance(word, Text) and word.startswith(BASE)
    )
    return frozenset(word for word in words if not word.startswith((PLAN, AGENCY)))


def defined() -> frozenset[str]:
    return typed(str(OWL.Class)) | properties() | typed(str(OWL.NamedIndividual)) | typed(SKOS + "Concept")


def properties() -> frozenset[str]:
    return typed(str(OWL.AnnotationProperty)) | typed(str(OWL.DatatypeProperty)) | typed(str(OWL.ObjectProperty))


def parents() -> dict[str, set[str]]:
    found = defaultdict(set)
    for subject, predicate, value in triples("planweave.ttl"):
        if predicate == RDFS + "subClassOf":
            found[subject].add(str(value))
    return found


# What there is


def test_everything_that_is_woven_is_defined() -> None:
    """Each class, property and concept in the graphs of the five plans is defined in this folder."""
    assert emitted() - defined() == set()


def test_everything_the_register_uses_is_defined() -> None:
    """Each term of planweave's own that agencies.ttl uses is defined in this folder."""
    used = {
        word
        for triple in triples("agencies.ttl")
        for word in triple
        if not isinstance(word, Text) and word.startswith((PW, BASE + "kind/"))
    }
    assert used - defined() == set()


def test_nothing_is_defined_that_is_never_used() -> None:
    """A term is woven, used in the register, a parent of one that is, or says that no bundled plan has it."""
    used = emitted() | {word for triple in triples("agencies.ttl") for word in triple}
    used |= {parent for child, above in parents().items() if child in used for parent in above}
    assert defined() - used == unused()


def test_no_term_that_is_woven_claims_to_have_no_example() -> None:
    """A term whose example is "none of the bundled plans" is in none of their graphs."""
    assert emitted() & unused() == set()


def test_what_no_bundled_plan_prints_is_defined_too() -> None:
    """A page, a text that is not understood, pillars out of order, a need said in words: all in defined terms."""
    plan = record("coventry")
    first = plan.actions[0]
    row = msgspec.structs.replace(first.source[0], page=2)
    action = msgspec.structs.replace(
        first,
        pillars=("4", "3"),
        source=(row,),
        blank=dict.fromkeys(BLANK_FIELDS, "not-understood"),
        due=msgspec.structs.replace(first.due, text="TBC", kind="none", edtf=None),
    )
    needing = msgspec.structs.replace(plan.actions[1], text=f"Subject to {first.ref}")
    whole = msgspec.structs.replace(plan, actions=(action, needing))
    quads = weave(whole, (), load_knowledge(Library.bundled()))
    terms = {word for _, triple in parse_quads(quads) for word in triple if word.startswith(PW)}
    unprinted = {"page", "notUnderstoodFor", "pillarOrder", "Dependence", "dependence", "needs"}
    assert {PW + name for name in unprinted} <= terms
    assert terms - defined() == set()


@pytest.mark.parametrize(
    ("scheme", "names"),
    [
        ("flag", FLAGS),
        ("party-kind", get_args(PartyKind)),
        ("status", get_args(Status)),
        ("timing", get_args(DueKind)),
    ],
)
def test_the_lists_are_those_of_the_records(scheme: str, names: tuple[str, ...]) -> None:
    """The concepts of a list are exactly the values that records.py allows."""
    listed = {s for s, p, o in triples("concepts.ttl") if p == SKOS + "inScheme" and o == BASE + scheme}
    assert listed == {f"{BASE}{scheme}/{name}" for name in names}


def test_every_field_of_a_column_is_a_property() -> None:
    """What a column gives, and what a blank speaks of, are properties that are defined."""
    names = {GIVES.get(field, field) for field in FIELDS} | set(BLANK_FIELDS) | set(BLANKS.values())
    assert {PW + name for name in names} - properties() == set()


def test_shared_pillars_and_indicators_are_matched() -> None:
    """The plan that has the shared pillars and indicators is matched to each of them."""
    schemes = {BASE + "pillar", BASE + "indicator"}
    matches = {o for _, p, o in woven("coventry") if p == SKOS + "closeMatch"}
    assert matches == {s for s, p, o in triples("concepts.ttl") if p == SKOS + "inScheme" and o in schemes}


# Examples


@pytest.mark.parametrize("example", examples(*FILES), ids=str)
def test_examples_stand_in_the_plan(example: Example) -> None:
    """The words of an example stand, white space aside, in the plan and the action they name."""
    assert example.plan in PLANS
    assert _flat(example.words) in printed(example.plan, example.action)


@pytest.mark.parametrize("example", examples("concepts.ttl", "planweave.ttl"), ids=str)
def test_examples_are_what_the_graph_says(example: Example) -> None:
    """The graph of the plan says of the action what the example of a term says."""
    start = action_iri(example.action) if example.action else plan_iri(example.plan)
    said = reached(example.plan, start)
    if example.term in properties():
        assert any(p == example.term and shows(example, o) for _, p, o in said)
    elif example.term in typed(str(OWL.Class)):
        kinds = {example.term} | {child for child, above in parents().items() if example.term in above}
        assert any(shows(example, s) for s, p, o in said if p == TYPE and o in kinds)
    elif example.term.startswith((BASE + "pillar/", BASE + "indicator/")):
        own = example.term.replace(BASE, f"{plan_iri(example.plan)}/")
        assert any(own in triple for triple in (said if example.action else woven(example.plan)))
    else:
        holders = {s for s, _, o in said if o == example.term}
        assert holders
        assert example.value == example.words or any(shows(example, holder) for holder in holders)


# Register


@pytest.mark.parametrize(
    ("printed_name", "plan", "agency"),
    [
        ("CGL", "coventry", "change-grow-live"),
        ("CGL", "gravesham", "change-grow-live"),
        ("CRMC", "coventry", "coventry-refugee-and-migrant-centre"),
        ("CST", "city-of-london", "city-of-london-community-safety-team"),
        ("CoLP", "city-of-london", "city-of-london-police"),
        ("KCC", "gravesham", "kent-county-council"),
        ("KCC", "maidstone", "kent-county-council"),
        ("KMPT", "maidstone", "kmpt"),
        ("WMCA", "coventry", "west-midlands-combined-authority"),
    ],
)
def test_abbreviations_resolve(printed_name: str, plan: str, agency: str) -> None:
    """An abbreviation that a plan prints leads to the body that is meant, in that plan."""
    names = load_register(Library.bundled()).names_for(record(plan).plan.publisher_id)
    assert names[printed_name] == AGENCY + agency


def names_in_register() -> dict[str, set[tuple[str, str]]]:
    """Every name, folded, with the agencies that have it and where it holds: everywhere, or with a publisher."""
    said: dict[str, list[Triple]] = defaultdict(list)
    for triple in triples("agencies.ttl"):
        said[triple.subject].append(triple)
    found = defaultdict(set)
    for agency in typed(PW + "Agency"):
        publishers = {str(o) for _, p, o in said[agency] if p in {PW + "localTo", ORG + "unitOf"}} | {agency}
        for _, predicate, name in said[agency]:
            if predicate in {SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel"}:
                found[fold(name)].add((agency, "everywhere"))
            elif predicate == PW + "localName":
                found[fold(name)] |= {(agency, publisher) for publisher in publishers}
    return found


def test_names_with_two_meanings_are_scoped() -> None:
    """A name that two entries have is local in both, and no publisher's plan can mean both."""
    for name, holders in names_in_register().items():
        if len({agency for agency, _ in holders}) > 1:
            places = [place for _, place in holders]
            assert "everywhere" not in places, name
            assert len(places) == len(set(places)), name


def test_publishers_are_in_the_register() -> None:
    """The publisher of each bundled plan is an agency of the register."""
    assert {record(plan).plan.publisher_id for plan in PLANS} <= typed(PW + "Agency")


def test_what_a_plan_spells_out_agrees_with_the_register() -> None:
    """Where a plan's key spells out a name of the register, it spells out that agency's name."""
    register = load_register(Library.bundled())
    for plan in PLANS:
        names = register.names_for(record(plan).plan.publisher_id)
        for short, long in record(plan).legend.items():
            if short in names and long in names:
                assert names[short] == names[long]


# Style


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    merged = rdflib.Graph()
    for name in FILES:
        merged.parse(ONTOLOGY / name)
    return merged


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(Path(__file__).with_name("ontology-style.ttl"))


def test_the_style_is_kept(graph: rdflib.Graph, shapes: rdflib.Graph) -> None:
    """The three files conform to the shapes of ontology-style.ttl."""
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes)
    assert conforms, report


PREFIX_LINES = "".join(
    f"@prefix {prefix}: <{iri}> .\n"
    for prefix, iri in {
        **PREFIXES,
        "dc": str(DC),
        "owl": str(OWL),
        "on": BASE,
        "register": BASE + "register/",
    }.items()
)

BROKEN = (
    # shape, subject, property, the values that it is given instead of those it has
    ("AgencyDefinition", "agency:camden", "skos:definition", ""),
    ("AgencyEvidence", "agency:loti", "skos:example", ""),
    ("AgencyEvidence", "agency:crisis", "skos:example", '"In several plans"@en'),
    ("AgencyIsDefinedBy", "agency:crisis", "rdfs:isDefinedBy", "on:ontology"),
    ("AgencyKind", "agency:cwpt", "pw:kind", ""),
    ("AgencyKind", "agency:dhsc", "pw:kind", "status:complete"),
    ("AgencyLabel", "agency:dwp", "skos:prefLabel", ""),
    ("AgencyLabel", "agency:loti", "skos:prefLabel", '"LOTI"@en'),
    ("AgencyName", "agency:Big_Body", "a", "pw:Agency"),
    ("AgencyNameStatus", "agency:khog", "pw:nameStatus", "status:unknown"),
    ("AgencyOtherName", "agency:kmpt", "skos:altLabel", '"KMPT"'),
    ("AgencyPublisher", "agency:lse", "pw:localTo", "agency:nobody"),
    ("AgencyUnit", "agency:coventry-rsot", "org:unitOf", "agency:nobody"),
    ("AgencyWithLocalName", "agency:p3", "pw:localTo", ""),
    ("ChangeAfter", "event:kmpt-renamed-2025", "org:resultingOrganization", "agency:nobody"),
    ("ChangeBefore", "event:kmpt-renamed-2025", "org:originalOrganization", ""),
    ("ChangeDate", "event:kmpt-renamed-2025", "dcterms:date", '"October 2025"'),
    ("ChangeDefinition", "event:kmpt-renamed-2025", "skos:definition", ""),
    ("ChangeLabel", "event:kmpt-renamed-2025", "rdfs:label", ""),
    ("ChangeSource", "event:kmpt-renamed-2025", "rdfs:seeAlso", '"a newspaper"'),
    ("ClassName", "pw:kindOfBody", "a", "owl:Class"),
    ("ClassName", "org:Organization", "a", "owl:Class"),
    ("ClassName", "pw:this_check", "a", "owl:NamedIndividual"),
    ("ConceptDefinition", "status:complete", "skos:definition", ""),
    ("ConceptDefinition", "status:partial", "skos:definition", '"One. Two."@en'),
    ("ConceptExample", "status:ongoing", "skos:example", ""),
    ("ConceptInScheme", "status:unknown", "skos:inScheme", ""),
    ("ConceptInScheme", "flag:truncated", "skos:inScheme", "on:flag, on:odd"),
    ("ConceptIsDefinedBy", "flag:missing-due", "rdfs:isDefinedBy", ""),
    ("ConceptLabel", "flag:missing-lead", "skos:prefLabel", ""),
    ("ConceptLabel", "indicator:rare", "skos:altLabel", '"rare"@en'),
    ("ConceptName", "status:Half_done", "a", "skos:Concept"),
    ("ConceptOtherLabel", "indicator:brief", "skos:altLabel", '"bref"@fr'),
    ("DatatypeRange", "pw:row", "rdfs:range", "pw:Rows"),
    ("HeaderCreator", "on:ontology", "dc:creator", ""),
    ("HeaderDescription", "register:concepts", "dcterms:description", ""),
    ("HeaderLicence", "register:agencies", "dcterms:license", '"Apache"'),
    ("HeaderTitle", "register:concepts", "dcterms:title", ""),
    ("PropertyDirection", "pw:lead", "owl:inverseOf", "pw:leads"),
    ("PropertyName", "pw:Has_lead", "a", "owl:ObjectProperty"),
    ("PropertyName", "org:unitOf", "a", "owl:ObjectProperty"),
    ("PropertyName", "pw:Shown", "a", "owl:AnnotationProperty"),
    ("SchemeConcepts", "on:bare", "a", "skos:ConceptScheme"),
    ("SchemeDefinition", "on:status", "skos:definition", ""),
    ("SchemeIsDefinedBy", "on:flag", "rdfs:isDefinedBy", ""),
    ("SchemeLabel", "on:kind", "skos:prefLabel", ""),
    ("TermDefinition", "pw:Plan", "skos:definition", ""),
    ("TermDefinition", "pw:Action", "skos:definition", '"This."@en, "That."@en'),
    ("TermDefinition", "pw:Lead", "skos:definition", '"No full stop"@en'),
    ("TermDefinition", "pw:Partner", "skos:definition", '"One. Two."@en'),
    ("TermDefinition", "pw:ThisCheck", "skos:definition", ""),
    ("TermDefinition", "pw:shownIn", "skos:definition", ""),
    ("TermExample", "pw:Party", "skos:example", ""),
    ("TermExample", "pw:Update", "skos:example", '"In Kent."@en'),
    ("TermIsDefinedBy", "pw:Pillar", "rdfs:isDefinedBy", ""),
    ("TermLabel", "pw:due", "rdfs:label", ""),
    ("TermLabel", "pw:order", "rdfs:label", '"order"@en, "place"@en'),
    ("TermNote", "pw:reference", "skos:scopeNote", '"Not this."@en, "Not that."@en'),
    ("TermParent", "pw:Target", "rdfs:subClassOf", "[]"),
    ("VersionIRI", "on:ontology", "owl:versionIRI", "<https://w3id.org/planweave/ontology/X.x.x>"),
    ("VersionInfo", "on:ontology", "owl:versionInfo", ""),
)


@pytest.fixture(scope="module")
def found(graph: rdflib.Graph, shapes: rdflib.Graph) -> frozenset[tuple[str, str]]:
    """What the shapes find in a copy with all the faults of BROKEN: shape and subject."""
    broken = rdflib.Graph()
    broken += graph
    for _, subject, predicate, values in BROKEN:
        said = rdflib.Graph().parse(data=f"{PREFIX_LINES} {subject} {predicate} 0 .")
        ((node, link, _),) = said
        if link != RDF.type:
            broken.remove((node, link, None))
        if values:
            broken.parse(data=f"{PREFIX_LINES} {subject} {predicate} {values} .")
    _, report, _ = pyshacl.validate(broken, shacl_graph=shapes)
    return frozenset(
        (
            str(report.value(result, SH.sourceShape)).removeprefix(STYLE),
            str(report.value(result, SH.focusNode)),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    )


@pytest.mark.parametrize(("shape", "subject", "predicate", "values"), BROKEN)
def test_a_shape_fires(
    found: frozenset[tuple[str, str]], shape: str, subject: str, predicate: str, values: str
) -> None:
    """A subject that is given such values is found by the shape."""
    said = rdflib.Graph().parse(data=f"{PREFIX_LINES} {subject} a 0 .")
    assert (shape, str(next(said.subjects()))) in found, f"{predicate} {values or 'nothing'}"


def test_every_shape_has_a_broken_copy(shapes: rdflib.Graph) -> None:
    """Each shape that has a message is shown to fire."""
    speaking = {str(shape).removeprefix(STYLE) for shape in shapes.subjects(SH.message)}
    assert speaking == {shape for shape, *_ in BROKEN}


@pytest.mark.parametrize("name", FILES)
def test_there_are_no_blank_nodes(name: str) -> None:
    """Every subject and object has a name, so that two builds give the same bytes."""
    read = rdflib.Graph().parse(ONTOLOGY / name)
    assert [node for triple in read for node in triple if isinstance(node, rdflib.BNode)] == []


@pytest.mark.parametrize("name", FILES)
def test_only_our_own_terms_are_spoken_of(name: str) -> None:
    """Other vocabularies are pointed to, never said anything about."""
    assert {triple.subject for triple in triples(name) if not triple.subject.startswith(BASE)} == set()


def test_each_subject_has_a_type() -> None:
    """Nothing is described without saying what it is, and a term is not both class and property."""
    kinds = defaultdict(set)
    for subject, predicate, value in everything():
        kinds[subject].add(value if predicate == TYPE else None)
    assert {subject for subject, given in kinds.items() if len(given - {None}) != 1} == set()


def sections(name: str) -> list[list[str]]:
    """The subjects of a file as they stand in it, under each of its headings."""
    parts = re.split(r"(?m)^# [A-Z][A-Za-z ]+$", (ONTOLOGY / name).read_text(encoding="utf-8"))[1:]
    return [re.findall(r"(?m)^([\w-]+:[\w-]+) a ", part) for part in parts]


@pytest.mark.parametrize("name", FILES)
def test_files_are_in_alphabetical_order(name: str) -> None:
    """Under each heading of a file the terms are in the order of the alphabet, and none is left out."""
    listed = sections(name)
    assert listed == [sorted(part, key=str.casefold) for part in listed]
    headers = typed(str(OWL.Ontology)) | typed(str(DCAT.Dataset)) | typed(SKOS + "ConceptScheme")
    assert sum(map(len, listed)) == len({s for s, p, _ in triples(name) if p == TYPE} - headers)


def test_classes_come_before_properties() -> None:
    """In planweave.ttl the classes stand first, then the properties, then what there is one of."""
    classes, own_properties, individuals = sections("planweave.ttl")
    assert all(name.removeprefix("pw:")[0].isupper() for name in (*classes, *individuals))
    assert all(name.removeprefix("pw:")[0].islower() for name in own_properties)


# Version


def test_the_version_is_the_package_version() -> None:
    """The ontology's version, its version IRI and the package's version are one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    said = {p: o for s, p, o in triples("planweave.ttl") if s == BASE + "ontology"}
    assert said[str(OWL.versionInfo)] == project["version"] == VERSION
    assert said[str(OWL.versionIRI)] == f"{BASE}ontology/{project['version']}"
