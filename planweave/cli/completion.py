"""What the shell offers when Tab is pressed: plans, questions and what they take, checks, profiles, loaders.

This runs at every press of the key. So it loads no engine, reads the few small files that it needs, and writes
nothing; and where anything is wrong, it offers nothing and says nothing.
"""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from click.shell_completion import CompletionItem

from planweave.cli.options import library_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import TypeAlias

    from planweave.asking.headers import Named, Parameter

    Offer: TypeAlias = tuple[str, str]

__all__ = [
    "AskCommand",
    "DrawCommand",
    "actions",
    "checks",
    "loaders",
    "networks",
    "parties",
    "plans",
    "profiles",
    "questions",
    "subjects",
]

PLAIN: Final = re.compile(r"(?!~)[\w%+,./~-]+")
"""What no shell takes for more than a word: text of a document is typed by nobody, and never run."""
LONGEST: Final = 80
"""Characters of the words beside a value."""
MOST_BYTES: Final = 4_000_000
"""How much of the records is read at one press of the key."""

BUILD: Final = re.compile(r"build-\d{6}")
TITLES: Final = {
    ("queries", ".rq"): re.compile(r"^# # (.+)", re.MULTILINE),
    ("graphs", ".rq"): re.compile(r"^# # (.+)", re.MULTILINE),
    ("loaders", ".toml"): re.compile(r"^# (.+)", re.MULTILINE),
    ("shapes", ".toml"): re.compile(r"^title = \"([^\"]+)\"", re.MULTILINE),
    ("shapes", ".ttl"): re.compile(r"\bsh:name \"([^\"]+)\""),
}
"""How the files of the library say what they are called."""
STATUS: Final = re.compile(
    r"^status:([\w-]+) a skos:Concept ;(?:\n .*)*?\n    skos:definition \"([^\"]+)\"", re.MULTILINE
)
AGENCY_NAME: Final = re.compile(
    r"<https://w3id\.org/planweave/agency/([^>]+)> <[^>]+#prefLabel> \"((?:[^\"\\]|\\.)*)\""
)
IRI: Final = "https://"


def _offering(
    offers: Callable[[click.Context, str], Iterable[Offer]],
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem[str]]]:
    """Make a completer as click has them."""
    return lambda context, _, incomplete: _items(lambda: offers(context, incomplete), incomplete)


def _items(offers: Callable[[], Iterable[Offer]], incomplete: str) -> list[CompletionItem[str]]:
    """Give what is offered that begins as what is typed already."""
    try:
        found = dict(offers())
    except Exception:  # noqa: BLE001 - half a command line is no place for a complaint; the verb will say what is wrong
        return []
    fitting = (value for value in found if value.startswith(incomplete) and PLAIN.fullmatch(value))
    return [CompletionItem(value, help=_short(found[value]) or None) for value in fitting]


def _short(text: str) -> str:
    """One line that a terminal can be given, whatever a document prints."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


# --- The library


def _titled(context: click.Context, kind: str, suffix: str) -> Iterator[Offer]:
    """Every file of a folder of the library by its name, with its title."""
    for path in library_of(context.params.get("library_folder")).files(kind, suffix):
        said = TITLES[kind, suffix].search(path.read_text(encoding="utf-8-sig", errors="replace"))
        yield path.stem, said[1] if said else ""


def _loaders(context: click.Context, _: str) -> Iterator[Offer]:
    return ((name, title) for name, title in _titled(context, "loaders", ".toml") if name != "common")


def _profiles(context: click.Context, _: str) -> Iterator[Offer]:
    return _titled(context, "shapes", ".toml")


def _checks(context: click.Context, _: str) -> Iterator[Offer]:
    return _titled(context, "shapes", ".ttl")


def _questions(context: click.Context, _: str) -> Iterator[Offer]:
    return _titled(context, "queries", ".rq")


def _networks(context: click.Context, _: str) -> Iterator[Offer]:
    return _titled(context, "graphs", ".rq")


def _statuses(context: click.Context) -> Iterator[Offer]:
    for path in library_of(context.params.get("library_folder")).files("ontology", ".ttl"):
        yield from ((said[1], said[2]) for said in STATUS.finditer(path.read_text(encoding="utf-8")))


# --- The graph


def _build(context: click.Context) -> Path:
    """The folder of the current build; :mod:`planweave.workspace` knows it properly, and takes long to load."""
    folder = Path(context.params.get("from_") or "weave").expanduser()
    name = (folder / "CURRENT").read_text(encoding="utf-8").strip()
    if context.params.get("store") or not BUILD.fullmatch(name):
        raise FileNotFoundError(folder)
    return folder / name


def _plans(context: click.Context, _: str) -> Iterator[Offer]:
    manifest = json.loads((_build(context) / "manifest.json").read_bytes())
    return ((entry["plan"], entry["title"]) for entry in manifest["entries"])


def _records(context: click.Context, wanted: Sequence[str]) -> list[Mapping[str, Any]] | None:
    """The records of some plans; None where they are too long to be read while somebody waits."""
    from planweave.terms import segment

    folder = _build(context) / "records"
    found: list[Path] = []
    size = 0
    for plan in wanted:
        path = folder / f"{segment(plan)}.json"
        if path.is_file():
            found.append(path)
            size += path.stat().st_size
        if size > MOST_BYTES:
            return None
    return [json.loads(path.read_bytes()) for path in found]


def _actions(context: click.Context, incomplete: str, within: str | None = None) -> Iterator[Offer]:
    """Actions by plan and reference; of a large graph, at first only the plans."""
    plan, slash, _ = incomplete.partition("/")
    known = [name for name, _ in _plans(context, "") if name == plan or (not slash and name.startswith(plan))]
    records = _records(context, [name for name in known if within in {None, name}])
    if records is None:
        yield from ((f"{name}/", "") for name in known)
    for record in records or ():
        yield from ((action["id"], action["text"]) for action in record["actions"])


def _parties(context: click.Context, _: str, within: str | None = None) -> Iterator[Offer]:
    """Parties by their ids, as answers show them: of one plan, or the register's and those of all plans."""
    for record in _records(context, [within] if within else [name for name, _ in _plans(context, "")]) or ():
        for party in record["parties"]:
            own = f"{record['plan']['id']}/party/{party['id']}"
            yield party["id"].rpartition("/")[2] if party["id"].startswith(IRI) else own, party["label"]
    if not within:
        registers = gzip.decompress((_build(context) / "registers.nq.gz").read_bytes()).decode()
        yield from ((found[1], found[2]) for found in AGENCY_NAME.finditer(registers))


def _subjects(context: click.Context, incomplete: str) -> Iterator[Offer]:
    yield from _plans(context, incomplete)
    yield from _actions(context, incomplete)


actions = _offering(_actions)
checks = _offering(_checks)
loaders = _offering(_loaders)
networks = _offering(_networks)
parties = _offering(_parties)
plans = _offering(_plans)
profiles = _offering(_profiles)
questions = _offering(_questions)
subjects = _offering(_subjects)


# --- What a question takes, and a network


def _question(context: click.Context, name: str) -> Named:
    from planweave.asking.questions import read_question

    return read_question(library_of(context.params.get("library_folder")), name)


def _network(context: click.Context, name: str) -> Named:
    from planweave.networks import definition_of

    return definition_of(library_of(context.params.get("library_folder")), name)


TYPED: Final = "planweave.typed"
"""Where a verb's context keeps the words that were typed."""


def _need(parameter: Parameter) -> str:
    return f"{parameter.meaning}{' (needed)' if parameter.required else ''}"


class _TakingCommand(click.Command):
    """A verb whose options are followed by those of what it is asked for."""

    named: Callable[[click.Context, str], Named]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep what was typed, for the help on what is named there."""
        ctx.meta[TYPED] = [word for word in args if word not in ctx.help_option_names]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Tell of what is named: what it asks or shows, and what it can be given; without a name, of the verb."""
        name = _Typed(ctx.meta.get(TYPED, [])).name
        if name is None:
            super().format_help(ctx, formatter)
            return
        named = type(self).named(ctx, name)
        formatter.write_usage(ctx.command_path, f"{name} [OPTIONS]")
        for text in (named.title, named.text):
            formatter.write_paragraph()
            formatter.write_text(text)
        if named.parameters:
            with formatter.section("It can be given"):
                formatter.write_dl(
                    [
                        (f"--{one.name.replace('_', '-')} {one.kind.upper()}", _need(one))
                        for one in sorted(named.parameters, key=lambda one: not one.required)
                    ]
                )
        formatter.write_paragraph()
        formatter.write_text(f"For example: {named.example}")
        formatter.write_text(f"What every one takes: {ctx.command_path} --help")

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Offer values of what is being given, otherwise what can be given."""
        typed = _Typed([word for word in (ctx.params.get("name"), *ctx.args) if word])
        if typed.waiting is not None:
            return _items(lambda: _values(ctx, typed, incomplete, self._known(ctx, typed)), incomplete)
        own = _items(lambda: _parameters(ctx, typed, self._known(ctx, typed)), incomplete)
        return [*own, *super().shell_complete(ctx, incomplete)]

    def _known(self, ctx: click.Context, typed: _Typed) -> Sequence[Parameter] | None:
        """What can be given, None as long as nothing is named."""
        return None if typed.name is None else type(self).named(ctx, typed.name).parameters


class AskCommand(_TakingCommand):
    """The verb that asks."""

    named = staticmethod(_question)


class DrawCommand(_TakingCommand):
    """The verb that draws."""

    named = staticmethod(_network)


class _Typed:
    """What stands on the line: a name, what it is given, and the option that waits for a value."""

    def __init__(self, words: Sequence[str]) -> None:
        self.name: str | None = None
        self.given: dict[str, str] = {}
        self.waiting: str | None = None
        # bash takes "--plan=x" for three words.
        for word in (word for word in words if word != "="):
            if self.waiting is not None:
                self.given[self.waiting] = word
                self.waiting = None
            elif word.startswith("--"):
                option, given, value = word[2:].replace("-", "_").partition("=")
                if given:
                    self.given[option] = value
                else:
                    self.waiting = option
            else:
                self.name = self.name or word


def _parameters(context: click.Context, typed: _Typed, known: Sequence[Parameter] | None) -> Iterator[Offer]:
    """The options that are not given yet; those it needs come first."""
    if known is None:
        if context.params.get("about") and "plan" not in typed.given:
            yield "--plan", "only this plan"
        return
    for parameter in sorted(known, key=lambda one: not one.required):
        if parameter.name not in typed.given:
            need = "" if parameter.required else " (optional)"
            yield f"--{parameter.name.replace('_', '-')}", f"{parameter.meaning}{need}"


def _values(
    context: click.Context, typed: _Typed, incomplete: str, known: Sequence[Parameter] | None
) -> Iterable[Offer]:
    """Values for the option that waits for one, where there is a list of them."""
    kinds: dict[str, str] = {parameter.name: parameter.kind for parameter in known} if known else {"plan": "plan"}
    within = next((typed.given[name] for name, kind in kinds.items() if kind == "plan" and name in typed.given), None)
    kind = kinds.get(typed.waiting or "")
    if kind == "plan":
        return _plans(context, incomplete)
    if kind == "action":
        return _actions(context, incomplete, within)
    if kind == "party":
        return _parties(context, incomplete, within)
    return _statuses(context) if kind == "status" else ()
