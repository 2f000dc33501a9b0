"""The networks of the library in the workspace: drawn, measured, and as files."""

from __future__ import annotations

import pickle
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from starlette.routing import Route

from planweave.errors import NotFound, PlanweaveError, QueryError, nearest
from planweave.networks.definitions import read_definitions
from planweave.networks.scripts import SCRIPTS
from planweave.web.addresses import iri_address, network_address, networks_address
from planweave.web.answers import attached
from planweave.web.checked import today
from planweave.web.fields import errors_of, faults_of, field_name, fields_of, given_values, missing
from planweave.web.rooms import given, library_of, reading, settings_of
from planweave.web.shelf import FEW, apart, waited
from planweave.web.show import Crumb, show
from planweave.web.tables import Column, listed, state_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from planweave.graph import Graph
    from planweave.library import Library
    from planweave.networks.definitions import Definition
    from planweave.networks.measures import Figure, Measures, Table
    from planweave.networks.network import Network
    from planweave.web.fields import Fault
    from planweave.web.tables import Shown

__all__ = ["ROUTES"]

FILES: Final = {
    ".html": "text/html; charset=utf-8",
    ".svg": "image/svg+xml",
    ".graphml": "application/xml",
    ".gexf": "application/xml",
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The suffixes of a network as a file; of .xlsx it is the measures."""

DRAWN: Final = (".html", ".svg")
FILE_PATIENCE: Final = 300.0
MOST_ROWS: Final = 5_000
"""So many rows of a table of measures are kept for pages; the workbook has all."""


class _Job(NamedTuple):
    """What a network is made from, as another process can be told it."""

    folder: Path
    build: Path
    library: Library
    name: str
    values: dict[str, Any]
    day: dt.date
    keep: Path | None


@dataclass(frozen=True)
class _Page:
    """What a page says of a network."""

    title: str
    text: str
    notices: tuple[str, ...]
    noun: tuple[str, str]
    single: str
    by_date: bool
    linked: bool
    words: dict[str, Any]
    data: dict[str, Any]
    figures: tuple[Figure, ...]
    tables: tuple[Table, Table]
    rows: tuple[int, int]
    addresses: dict[str, str]
    said: tuple[str, ...]


@dataclass(frozen=True)
class _Made:
    """A network that is kept: what its page says; and itself, in memory or in a file, for other files of it."""

    page: _Page | None = None
    network: Network | None = None
    measures: Measures | None = None
    file: Path | None = None
    folder: tempfile.TemporaryDirectory[str] | None = None
    faults: Mapping[str, Fault] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many bytes it takes, about."""
        things = len(self.page.data["nodes"]) + len(self.page.data["links"]) if self.page else 0
        return 4_000 * things + (self.network.number_of_edges() * 1_500 if self.network is not None else 0)


def listing(request: Request) -> Response:
    """Show which networks there are."""
    with reading(request):
        definitions = list(read_definitions(library_of(request)).values())
    return show(request, "networks.html.j2", title="Networks", definitions=definitions)


def page(request: Request) -> Response:
    """Show one network: the drawing, what its measures are, and the way to its files."""
    with reading(request) as graph:
        definition = _definition(request)
        values = given_values(request, definition)
        faults: Mapping[str, Fault] = missing(definition, values)
        made = None
        if not faults:
            made = waited(request, graph, _key(definition, values), _making(request, definition, values))
            if made is None:
                return _waiting(request, definition)
            faults = made.faults
        fields = fields_of(request, graph, definition, values, faults)
        drawn = made.page if made else None
        table = _measured(request, drawn, settings_of(request).rows) if drawn else None
        state = {field_name(name): value for name, value in values.items()}
        return show(
            request,
            "network.html.j2",
            inline_styles=True,
            title=definition.title,
            wide=True,
            crumbs=(Crumb("Networks", networks_address()),),
            definition=definition,
            fields=fields,
            errors=errors_of(fields, faults),
            offers=_offers(definition, values, faults),
            drawn=drawn,
            of_links="links" in request.query_params.getlist("of"),
            table=table,
            scripts=SCRIPTS,
            picture=network_address(definition.name) + ".svg" + _query(state),
            files=[
                (words, f"{network_address(definition.name)}{suffix}{_query(state)}")
                for suffix, words in (
                    (".html", "page"),
                    (".svg", "picture (SVG)"),
                    (".graphml", "GraphML"),
                    (".gexf", "Gephi (GEXF)"),
                    (".csv", "links (CSV)"),
                    (".xlsx", "measures (Excel)"),
                )
            ],
            nodes_address=network_address(definition.name, **state),
            links_address=network_address(definition.name, **state, of="links"),
        )


def file(request: Request) -> Response:
    """Give a network, its drawing or its measures as a file."""
    suffix = next(suffix for suffix in FILES if request.url.path.endswith(suffix))
    with reading(request) as graph:
        definition = _definition(request)
        values = given_values(request, definition)
        lacking = missing(definition, values)
        if lacking:
            raise QueryError(next(iter(lacking.values())).sentence.rstrip("."), fix="fill in the form of the network")
        made = waited(request, graph, _key(definition, values), _making(request, definition, values), FILE_PATIENCE)
        if made is None:
            return _waiting(request, definition)
        if made.faults:
            raise QueryError(next(iter(made.faults.values())).sentence.rstrip("."))
        content = _written(graph, made, suffix)
    name = "-".join((definition.name, *values.values()))[:80]
    answer = attached(content, name, suffix, FILES[suffix])
    if suffix == ".svg":
        del answer.headers["content-disposition"]  # the page shows it where there is no script
    return answer


def _query(state: Mapping[str, str]) -> str:
    return network_address("", **state).partition("/networks/")[2]


def _definition(request: Request) -> Definition:
    name, known = given(request, "network"), read_definitions(library_of(request))
    if name not in known:
        raise NotFound(f"there is no network {name!r}", fix=nearest(name, known))
    return known[name]


def _key(definition: Definition, values: Mapping[str, str]) -> tuple[object, ...]:
    return ("network", definition.name, hash(definition.sparql), tuple(sorted(values.items())), today())


def _making(request: Request, definition: Definition, values: dict[str, str]) -> Callable[[Graph], _Made]:
    library, day = library_of(request), today()

    def make(graph: Graph) -> _Made:
        try:
            if len(graph.ids) <= FEW:
                return _made(graph, _Job(graph.folder, graph.files.folder, library, definition.name, values, day, None))
            folder = tempfile.TemporaryDirectory(prefix="planweave-network-")
            kept = Path(folder.name) / "network"
            job = _Job(graph.folder, graph.files.folder, library, definition.name, values, day, kept)
            return _Made(page=apart(graph, _made_apart, job), file=kept, folder=folder)
        except (NotFound, QueryError) as error:
            return _Made(faults=faults_of(graph, definition, values, error))

    return make


def _made_apart(job: _Job) -> _Page:
    """Make a network in a process of its own, and lay it into a file."""
    with _opened(job.folder, job.build) as graph:
        made = _made(graph, job)
    assert job.keep is not None  # noqa: S101 - as it was called
    assert made.page is not None  # noqa: S101 - as made above
    with job.keep.open("wb") as out:
        pickle.dump((made.network, made.measures), out, protocol=pickle.HIGHEST_PROTOCOL)
    return made.page


def _opened(folder: Path, build: Path) -> Graph:
    from planweave.graph import Graph  # noqa: PLC0415 - only the process needs it

    graph = Graph(folder)
    if graph.files.folder != build:
        graph.close()
        raise PlanweaveError("the plans were read again meanwhile", fix="load the page again")
    return graph


def _made(graph: Graph, job: _Job) -> _Made:
    # Drawing needs networkx and pyvis, which take a second to load: whoever looks at other pages does not wait.
    from planweave.networks.drawing import NetworkPage, Options, heaviest, picture_of  # noqa: PLC0415
    from planweave.networks.labels import action_details  # noqa: PLC0415
    from planweave.networks.measures import measures_of  # noqa: PLC0415
    from planweave.networks.network import actions_of  # noqa: PLC0415

    network = graph.network(job.name, library=job.library, **dict[str, Any](job.values))
    options = Options(address=iri_address)
    shown, _ = heaviest(network, options)
    drawn = NetworkPage(picture_of(network, options), action_details(graph, actions_of(shown)), options)
    measures = measures_of(graph, network, as_of=job.day)
    tables = (_shortened(measures.nodes), _shortened(measures.edges))
    picture = drawn.picture
    page_ = _Page(
        title=picture.title,
        text=picture.text,
        notices=picture.notices,
        noun=picture.noun,
        single=picture.nodes[0].label if picture.nodes else "",
        by_date=picture.by_date,
        linked=bool(picture.links),
        words=drawn.words,
        data=drawn.data,
        figures=measures.figures,
        tables=tables,
        rows=(len(measures.nodes.rows), len(measures.edges.rows)),
        addresses=_addresses(network, tables),
        said=measures.notices,
    )
    return _Made(page_, network, measures)


def _shortened(table: Table) -> Table:
    from dataclasses import replace  # noqa: PLC0415 - as above

    return replace(table, rows=table.rows[:MOST_ROWS])


def _addresses(network: Network, tables: tuple[Table, Table]) -> dict[str, str]:
    """The id of each thing in the tables → the address of its page, where it has one."""
    wanted = {row[0] for row in tables[0].rows}
    for row in tables[1].rows:
        wanted |= {row[0], row[2]}
    found = {}
    for key, identifier in network.nodes(data="id"):
        if identifier in wanted and (address := iri_address(key)):
            found[identifier] = address
    return found


def _written(graph: Graph, made: _Made, suffix: str) -> bytes:
    if made.network is not None:
        return _bytes_of(graph, made.network, made.measures, suffix)
    assert made.file is not None  # noqa: S101 - it is the one or the other
    return apart(graph, _written_apart, (graph.folder, graph.files.folder, made.file, suffix))


def _written_apart(job: tuple[Path, Path, Path, str]) -> bytes:
    folder, build, file_, suffix = job
    with file_.open("rb") as kept:
        network, measures = pickle.load(kept)  # noqa: S301 - written by this server into a folder of its own
    with _opened(folder, build) as graph:
        return _bytes_of(graph, network, measures, suffix)


def _bytes_of(graph: Graph, network: Network, measures: Measures | None, suffix: str) -> bytes:
    from planweave.networks.drawn import Drawing  # noqa: PLC0415 - as above
    from planweave.networks.files import write_measures, write_network  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory(prefix="planweave-") as folder:
        path = Path(folder) / f"network{suffix}"
        if suffix == ".html":
            return Drawing(graph, network).html(None).encode()
        if suffix == ".svg":
            return Drawing(graph, network).svg.encode()
        if suffix == ".xlsx":
            assert measures is not None  # noqa: S101 - made with the network
            write_measures(measures, path)
        else:
            write_network(network, path)
        return path.read_bytes()


def _waiting(request: Request, definition: Definition) -> Response:
    return show(
        request,
        "waiting.html.j2",
        status=202,
        title=definition.title,
        crumbs=(Crumb("Networks", networks_address()),),
        words="The network is being made of all plans, which takes minutes where there are thousands. It is made once "
        "and kept until plans are read again; this page shows it as soon as it is there.",
    )


def _offers(
    definition: Definition, values: Mapping[str, str], faults: Mapping[str, Fault]
) -> dict[str, list[tuple[str, str]]]:
    found = {}
    for name, fault in faults.items():
        rest = {field_name(other): value for other, value in values.items() if other != name}
        found[f"field-{field_name(name)}"] = [
            (meant, network_address(definition.name, **{**rest, field_name(name): meant})) for meant in fault.meant
        ]
    return found


# Measures


def _measured(request: Request, drawn: _Page, rows: int) -> Shown:
    """The table of nodes, or of links, sorted and paged as the address says."""
    links = "links" in request.query_params.getlist("of")
    table = drawn.tables[1 if links else 0]
    names = [column.name for column in table.columns]
    columns = [
        Column(
            column.name,
            column.title[:1].upper() + column.title[1:],
            _value(place),
            "number" if _is_number(table, place) else "text",
            address=_led_by(drawn, names, place),
        )
        for place, column in enumerate(table.columns)
        if column.name not in ("id", "source", "target") or _is_of_actions(table)
        if not (_is_of_actions(table) and column.name in ("source_label", "target_label"))
    ]
    state = state_of(request, columns, "", rows)
    return listed(columns, table.rows, state, f"{drawn.title}: {table.title}", downloads=())


def _is_of_actions(table: Table) -> bool:
    """Actions are known by their ids, everything else by its name."""
    names = {column.name for column in table.columns}
    return bool({"says", "referred"} & names)


def _is_number(table: Table, place: int) -> bool:
    return any(isinstance(row[place], (int, float)) for row in table.rows[:50])


def _value(place: int) -> Callable[[tuple[Any, ...]], Any]:
    def value(row: tuple[Any, ...]) -> Any:  # noqa: ANN401 - what a measure is
        found = row[place]
        # A float is a share to the table; a measure is a number.
        return f"{found:.3f}" if isinstance(found, float) else found

    return value


def _led_by(drawn: _Page, names: list[str], place: int) -> Callable[[tuple[Any, ...]], str | None] | None:
    """A name leads to the page of the thing whose id stands before it, an id to its own."""
    name = names[place]
    at = place if name in {"id", "source", "target"} else place - 1
    if name not in {"id", "label", "source", "source_label", "target", "target_label"}:
        return None
    return lambda row: drawn.addresses.get(row[at])


ROUTES: Final = (
    Route("/networks", listing),
    *(Route(f"/networks/{{network}}{suffix}", file) for suffix in FILES),
    Route("/networks/{network}", page),
)
