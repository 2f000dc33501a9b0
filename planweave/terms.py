"""Every IRI planweave mints, in one place: namespaces, and how plans, actions and cells are named.

IRIs are readable and deterministic: the same document gives the same IRIs. The place of a value among its
like is the number its IRI ends in, so that order survives in the graph: ``…/action/1.3/lead/2`` is the
second lead of action 1.3.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote

__all__ = [
    "AGENCY",
    "BASE",
    "BLANKS",
    "GIVES",
    "ONTOLOGY_GRAPH",
    "PREFIXES",
    "PW",
    "REGISTERS_GRAPH",
    "action_iri",
    "local",
    "party_iri",
    "plan_graph",
    "plan_iri",
    "provenance_graph",
    "segment",
    "slug",
]

BASE: Final = "https://w3id.org/planweave/"
PW: Final = BASE + "ontology#"
AGENCY: Final = BASE + "agency/"
PLAN: Final = BASE + "plan/"
GRAPH: Final = BASE + "graph/"
REGISTERS_GRAPH: Final = GRAPH + "registers"
ONTOLOGY_GRAPH: Final = GRAPH + "ontology"

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
PROV: Final = "http://www.w3.org/ns/prov#"
DCTERMS: Final = "http://purl.org/dc/terms/"
ORG: Final = "http://www.w3.org/ns/org#"
EDTF: Final = "http://id.loc.gov/datatypes/edtf/EDTF"

PREFIXES: Final = {
    "pw": PW,
    "plan": PLAN,
    "agency": AGENCY,
    "status": BASE + "status/",
    "flag": BASE + "flag/",
    "timing": BASE + "timing/",
    "kind": BASE + "kind/",
    "indicator": BASE + "indicator/",
    "pillar": BASE + "pillar/",
    "plan-graph": GRAPH + "plan/",
    "provenance": GRAPH + "provenance/",
    "graph": GRAPH,
    "party-kind": BASE + "party-kind/",
    "event": BASE + "event/",
    "function": BASE + "function/",
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "skos": SKOS,
    "prov": PROV,
    "dcterms": DCTERMS,
    "org": ORG,
}
"""The prefixes of exports, queries and pages."""


GIVES: Final = {"ref": "reference", "parent": "strategicAction", "crossref": "crossReference"}
"""Fields of a column whose property has another name."""

BLANKS: Final = {"no-column": "noColumnFor", "empty": "emptyCellFor", "not-understood": "notUnderstoodFor"}
"""Why a field of a record has nothing → the property that says so."""


@lru_cache(maxsize=8192)
def slug(text: str) -> str:
    """Give the readable part of an IRI for a name: lower case, words joined by hyphens.

    Letters of other scripts are kept; a name without any letter or digit is spelled by its code points.

    Examples
    --------
    >>> slug("Head of Housing & Community Services")
    'head-of-housing-community-services'
    """
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("+", " plus ")
    words = re.findall(r"[^\W_]+", plain.replace("'", "").lower())
    return "-".join(words) or "-".join(f"u{ord(letter):x}" for letter in text.strip()) or "unnamed"


@lru_cache(maxsize=65536)
def segment(text: str) -> str:
    """Make printed text one segment of an IRI; what IRIs cannot hold is percent-encoded.

    Examples
    --------
    >>> segment("3.3.1-2"), segment("A/1 b")
    ('3.3.1-2', 'A%2F1%20b')
    """
    return quote(text, safe="-._~!$&'()*+,;=:@")


def plan_iri(plan: str) -> str:
    """Give the IRI of a plan by its id."""
    return PLAN + segment(plan)


def plan_graph(plan: str) -> str:
    """Give the named graph of a plan's facts."""
    return f"{GRAPH}plan/{segment(plan)}"


def provenance_graph(plan: str) -> str:
    """Give the named graph of where a plan's facts stand in the document."""
    return f"{GRAPH}provenance/{segment(plan)}"


def action_iri(identifier: str) -> str:
    """Give the IRI of an action by its id, such as ``northmoor/13.1``."""
    plan, _, action = identifier.partition("/")
    return f"{plan_iri(plan)}/action/{segment(action)}"


def party_iri(plan: str, kind: str, identifier: str) -> str:
    """Give the IRI of a party: of an agency its own, of a team, post or group one within its plan.

    Examples
    --------
    >>> party_iri("northmoor", "team", "housing-options")
    'https://w3id.org/planweave/plan/northmoor/party/housing-options'
    """
    shared = identifier.startswith(AGENCY) or kind == "agency"
    return identifier if shared else f"{plan_iri(plan)}/party/{segment(identifier)}"


def local(iri: str) -> str:
    """Give the last segment of an IRI, decoded: the inverse of minting.

    Examples
    --------
    >>> local("https://w3id.org/planweave/status/not-started")
    'not-started'
    """
    return unquote(iri.rsplit("#" if "#" in iri else "/", 1)[-1])
