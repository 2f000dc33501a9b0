"""Pieces → the labels and values of one action each: where one ends, and what says what will be done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from planweave.reading.columns import ANCHORS
from planweave.reading.labels import (
    NUMBERED,
    OF_HEADINGS,
    Labelled,
    has_bullet,
    label_of,
    on_one_line,
    text_and_labels,
    unknown_label,
    without_bullet,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planweave.reading.headings import Headings, Meaning
    from planweave.reading.pieces import Piece

__all__ = ["Block", "blocks_of"]

MIN_BLOCKS: Final = 2
MOST: Final = 0.6
NEARLY_ALL: Final = 0.9
MIN_WORDS: Final = 2
GOES_ON: Final = tuple("•·▪●‣*-(")

Key = tuple[str, str]


@dataclass
class Block:
    """One action's labels, each with the piece that prints it.

    ``silent`` are pieces that only belong to it, ``carried`` are labels that stand above an action before it and hold
    for it too.
    """

    parts: list[tuple[Labelled, Piece]] = field(default_factory=list)
    silent: list[Piece] = field(default_factory=list)
    carried: list[Labelled] = field(default_factory=list)

    def fields(self) -> set[str]:
        """Give every field that has a label."""
        return {part.meaning.field for part, _ in self.parts}

    def told(self) -> set[Key]:
        """Give its labels, but the ones of what will be done."""
        return {_key(part) for part, _ in self.parts if part.meaning.field != "text"}

    def pieces(self) -> Iterator[Piece]:
        """Go through its pieces, each once."""
        yield from {id(piece): piece for piece in (*self.silent, *(piece for _, piece in self.parts))}.values()

    def is_action(self) -> bool:
        """Say whether it says what will be done, and something beside."""
        return "text" in self.fields() and bool(ANCHORS & self.fields())


def blocks_of(pieces: Sequence[Piece], headings: Headings) -> list[Piece | Block]:
    """Find the actions among the pieces of a run; [] where there are none.

    What belongs to none stays a piece. A block begins where a label of the action stands, or one comes again; where no
    label says "Action", what stands above the first label of each block says it: a heading, a bar, a numbered line.
    """
    action = headings.meaning("action")
    if action is None:
        return []
    known = _with_labels(pieces, action, headings)
    leading = _leading(known)
    found = list(_blocks(known, leading))
    told = [each for each in found if isinstance(each, Block) and each.is_action()]
    _carry(told, leading)
    if len(told) < MIN_BLOCKS:
        found = list(_blocks(_with_openings(known, action), frozenset()))
        told = [each for each in found if isinstance(each, Block) and each.is_action()]
        told = [block for block in told if _is_like(block, told)]
    if len(told) < MIN_BLOCKS:
        return []
    kept = set(map(id, told))
    after = _cut_off(told[-1], told[:-1])
    whole: list[Piece | Block] = []
    for each in found:
        whole += each.pieces() if isinstance(each, Block) and id(each) not in kept else (each,)
        whole += after if each is told[-1] else ()
    return whole


def _cut_off(last: Block, others: Sequence[Block]) -> list[Piece]:
    """Take from the last block what stands behind the whole list: more lines than its label has in any other block."""
    key = _key(last.parts[-1][0])
    usual = max((sum(_key(part) == key for part, _ in block.parts) for block in others), default=0)
    own = [piece for part, piece in last.parts if _key(part) == key]
    valued = 2 if own and not last.parts[-len(own)][0].value else 1
    behind = own[max(usual, valued) :]
    if not usual or usual > valued or not behind or behind[0].text.lstrip()[:1].islower():
        return []
    del last.parts[-len(behind) :]
    return behind


def _key(part: Labelled) -> Key:
    return part.label.lower().rstrip(":"), part.meaning.sense


def _is_like(block: Block, others: Sequence[Block]) -> bool:
    """Say whether most labels of a block stand in another one too: facts on the document are no action."""
    seen = Counter(key for other in others for key in other.told())
    keys = block.told()
    return sum(seen[key] > 1 for key in keys) >= MOST * len(keys)


# Labels that only their coming again shows to be labels


def _with_labels(pieces: Sequence[Piece], action: Meaning, headings: Headings) -> list[Piece]:
    """Give pieces with the labels that stand behind a text, that stand alone, and that nobody knows."""
    found = list(pieces)
    for taken in (_trailing(found, action, headings), _alone(found, headings)):
        for place, parts in taken.items():
            found[place] = replace(found[place], parts=parts)
    strange = _strange(found)
    for places in (strange, reversed(strange)):
        for place in places:
            beside = [found[at].parts for at in (place - 1, place + 1) if 0 <= at < len(found)]
            if any(beside):
                found[place] = replace(found[place], parts=(strange[place],))
    return _weighed(found, headings)


def _weighed(pieces: Sequence[Piece], headings: Headings) -> list[Piece]:
    """Tell labels of the action from one another: what holds references, and what the action is part of."""
    values: dict[Key, list[str]] = {}
    for part in (part for piece in pieces for part in piece.parts if part.label and not part.ref):
        if part.meaning.field in {"text", "extra"} and part.value:
            values.setdefault(_key(part), []).append(part.value)
    fields = {
        key: "ref" if all(map(headings.values.is_code, said)) else headings.beside(key[0])
        for key, said in values.items()
        if len(said) >= MIN_BLOCKS and len([other for other, _ in values.items() if other[1] == "text"]) > 1
    }

    def weighed(part: Labelled) -> Labelled:
        field = fields.get(_key(part)) if part.label and not part.ref else None
        return part._replace(meaning=part.meaning._replace(field=field)) if field else part

    return [replace(piece, parts=tuple(map(weighed, piece.parts))) if piece.parts else piece for piece in pieces]


def _trailing(pieces: Sequence[Piece], action: Meaning, headings: Headings) -> dict[int, tuple[Labelled, ...]]:
    """Find labels behind a text: "Open a hub (Lead: Housing; When: May 2025)"."""
    found: dict[int, tuple[Labelled, ...]] = {}
    for place, piece in enumerate(pieces):
        apart = None if piece.parts or piece.row else text_and_labels(on_one_line(piece.text), headings)
        if apart and any(part.meaning.field in ANCHORS for part in apart[1]):
            found[place] = (_opening(apart[0], action), *apart[1])
    counts = Counter(_key(part) for parts in found.values() for part in parts[1:])
    again = {place: sum(counts[_key(part)] >= MIN_BLOCKS for part in parts[1:]) for place, parts in found.items()}
    # One label behind a text may be by chance, several in the same place again are not.
    enough = any(count >= MIN_BLOCKS for count in again.values()) or len(found) > MIN_BLOCKS
    return {place: parts for place, parts in found.items() if enough and again[place]}


def _alone(pieces: Sequence[Piece], headings: Headings) -> dict[int, tuple[Labelled, ...]]:
    """Find lines that are nothing but a label, with the value below: "Lead", "Housing Options"."""
    alone = {}
    for place, piece in enumerate(pieces):
        known = None if piece.parts or piece.silent else label_of(without_bullet(piece.text), headings)
        if known and known[0].how != "told" and (known[0].field not in OF_HEADINGS or piece.row):
            alone[place] = known
    counts = Counter(meaning.field for meaning, _ in alone.values())
    if sum(counts[name] >= MIN_BLOCKS for name in ANCHORS) < MIN_BLOCKS:
        return {}
    return {
        place: (Labelled(without_bullet(pieces[place].text).strip().rstrip(":"), meaning, ref, "", pieces[place].text),)
        for place, (meaning, ref) in alone.items()
        if counts[meaning.field] >= MIN_BLOCKS
    }


def _strange(pieces: Sequence[Piece]) -> dict[int, Labelled]:
    """Find labels that nobody knows, more than once: "Ward: Northfield"."""
    found = {
        place: part
        for place, piece in enumerate(pieces)
        if not (piece.parts or piece.row or piece.level) and (part := unknown_label(piece.text))
    }
    counts = Counter(part.label.lower() for part in found.values())
    return {place: part for place, part in found.items() if counts[part.label.lower()] >= MIN_BLOCKS}


# What says what will be done, where no label does


def _with_openings(pieces: Sequence[Piece], action: Meaning) -> list[Piece]:
    """Give pieces with what stands above each group of labels as the action: all numbered, or all headed, or as it is.

    Where actions are numbered, a line that is not is the rest of one, or stands between them.
    """
    found = list(pieces)
    above = [_above(found, floor, first) for floor, first in _groups(found)]
    shapes = Counter(_shape(found[place]) for places in above for place in places) - Counter({"": len(found)})
    usual = shapes.most_common(1)[0][0] if shapes else None
    numbered = [[place for place in places if usual and _shape(found[place]) == usual] for places in above]
    headed = [[place for place in places if found[place].level is not None or found[place].bar] for places in above]
    ways = [(numbered, MOST), (headed, NEARLY_ALL), (above, 0.0)]
    way = next(way for way, share in ways if sum(map(bool, way)) >= share * len(above))
    openings = [places[-1] for places in way if places]
    if sum(len(found[place].text.split()) for place in openings) < MIN_WORDS * len(openings):
        # Names of what the labels speak of, and nothing that is done.
        return found
    for place in openings:
        found[place] = replace(found[place], parts=(_opening(found[place].text, action),))
    return found


def _groups(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Go through runs of labels of which none comes again: the place behind the last label above, and of the first."""
    seen: set[Key] = set()
    last = -1
    for place, piece in enumerate(pieces):
        if not piece.parts:
            seen = seen if piece.level is None and not piece.bar else set()
            continue
        keys = set(map(_key, piece.parts))
        if not seen or keys & seen:
            yield last + 1, place
            seen = set()
        seen |= keys
        last = place


def _above(pieces: Sequence[Piece], floor: int, first: int) -> list[int]:
    """Give the places of what may open a group of labels."""
    return [
        place
        for place in range(floor, first)
        if not pieces[place].silent
        and pieces[place].bar == bool(pieces[place].row)
        and not pieces[place].text.lstrip()[:1].islower()
    ]


def _shape(piece: Piece) -> str:
    """Give the form of the reference that opens a piece: that of "1.2" is also that of "3.10"; "" for none."""
    match = NUMBERED.match(piece.text)
    ref = match["ref"] if match else ""
    form = "".join("9" if letter.isdigit() else "." if letter == "." else "A" for letter in ref)
    return form.replace("99", "9")


def _opening(text: str, action: Meaning) -> Labelled:
    text = " ".join(without_bullet(text).split())
    match = NUMBERED.match(text)
    return Labelled("", action, match["ref"] if match else None, text[match.end() :] if match else text, text)


# Where a block ends


def _leading(pieces: Sequence[Piece]) -> frozenset[Key]:
    """Find labels that stand above that of the action: its reference, what it is part of."""
    parts = [part for piece in pieces for part in piece.parts]
    actions = [place for place, part in enumerate(parts) if part.meaning.field == "text"]
    if not actions:
        return frozenset()
    counts = Counter(map(_key, parts))
    leading = {_key(part) for part in parts[: actions[0]]}
    for above, below in pairwise(reversed(parts)):
        # What stands above an action now and then stands there for those that have it.
        heads = below.meaning.field in OF_HEADINGS | {"ref"} and counts[_key(below)] < len(actions)
        if heads and (above.meaning.field == "text" or _key(above) in leading):
            leading.add(_key(below))
    return frozenset(leading)


def _blocks(pieces: Sequence[Piece], leading: frozenset[Key]) -> Iterator[Piece | Block]:
    block = Block()
    loose: list[Piece] = []
    silent: list[Piece] = []
    alone = False
    for piece in pieces:
        if piece.silent:
            silent.append(piece)
        elif piece.parts:
            if not block.parts or _begins(block, piece, leading):
                yield from _ended(block, loose)
                block, loose = Block(), []
            block.silent += silent
            block.parts += [(part, piece) for part in piece.parts]
            silent, alone = [], not piece.parts[-1].value
        elif block.parts and (_goes_on(block, piece) or (alone and not loose and _goes_on_alone(block, piece))):
            _add(block, piece)
        elif block.parts and (piece.level is not None or piece.bar or not _stands_in(block, loose, piece)):
            yield from _ended(block, [*loose, piece])
            block, loose = Block(), []
        else:
            loose.append(piece)
    yield from _ended(block, [*loose, *silent])


def _ended(block: Block, loose: Sequence[Piece]) -> Iterator[Piece | Block]:
    """Give a block, if it has anything, and what stands in and behind it."""
    if block.parts:
        yield block
    yield from loose


def _carry(blocks: Sequence[Block], leading: frozenset[Key]) -> None:
    """Leave what is printed once above several actions with each of them."""
    above: dict[str, Labelled] = {}
    for block in blocks:
        own = {part.meaning.field: part for part, _ in block.parts if _key(part) in leading}
        block.carried = [part for name, part in above.items() if name not in block.fields()]
        above |= {name: part for name, part in own.items() if name in OF_HEADINGS}


def _begins(block: Block, piece: Piece, leading: frozenset[Key]) -> bool:
    """Say whether a piece begins a block of its own: it says what will be done, or has a label again."""
    first = piece.parts[0].meaning.field
    again = _key(piece.parts[0]) in {_key(part) for part, _ in block.parts}
    if _key(piece.parts[0]) in leading and "text" in block.fields():
        return True
    return again or (first in {"text", "ref"} and first in block.fields())


def _goes_on(block: Block, piece: Piece) -> bool:
    """Say whether a piece without a label goes on with the value above it."""
    part, above = block.parts[-1]
    if piece.row:
        return above.row > 0 and (not piece.bar or not part.value)
    if piece.level is not None or above.row:
        return False
    if not part.value:
        return True
    if piece.depth > above.depth:
        return _is_right_below(above, piece)
    text, beside = piece.text.lstrip(), has_bullet(above.text) and has_bullet(piece.text)
    return not beside and _is_right_below(above, piece) and (text.startswith(GOES_ON) or text[:1].islower())


def _goes_on_alone(block: Block, piece: Piece) -> bool:
    """Say whether a piece goes on with a value that stands under its label."""
    return piece.level is None and not piece.row and _is_right_below(block.parts[-1][1], piece)


def _stands_in(block: Block, loose: Sequence[Piece], piece: Piece) -> bool:
    """Say whether a piece stands right below what a block has, without an empty line between."""
    above = loose[-1] if loose else block.parts[-1][1]
    return piece.row == above.row == 0 and _is_right_below(above, piece)


def _is_right_below(above: Piece, piece: Piece) -> bool:
    return piece.line == above.line + above.lines


def _add(block: Block, piece: Piece) -> None:
    part, _ = block.parts[-1]
    block.parts.append((part._replace(value=piece.text.strip(), printed=piece.text, ref=None), piece))
