"""What a page says about nodes, links and the actions behind them, as data for its script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planweave.networks.drawing.sources import address_of
from planweave.wording import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planweave.networks.drawing.options import Options
    from planweave.networks.drawing.picture import Picture
    from planweave.networks.labels import ActionDetail

__all__ = ["about"]

FIRST = 10
"""Where a page cannot describe all actions, it describes so many of each node and link."""


def about(picture: Picture, details: Mapping[str, ActionDetail], options: Options) -> dict[str, Any]:
    """Give what the page's script knows.

    Texts that repeat (plans, pillars, statuses) stand once, and are meant by their numbers. A node or link
    has the number of all its actions, and those of them that the page describes.
    """
    behind = [[*dict.fromkeys(actions)] for actions in _behind(picture)]
    every = {action for actions in behind for action in actions}
    whole = len(every) <= options.most_actions and every <= details.keys()
    shown = [[action for action in actions if action in details] for actions in behind]
    if not whole:
        shown = [actions[:FIRST] for actions in shown]
    described = {action for actions in shown for action in actions}
    order = [action for action in details if action in described]
    number = {action: place for place, action in enumerate(order)}
    listed = [[number[action] for action in actions] for actions in shown]
    plans = {detail.plan: detail.plan_title for detail in map(details.__getitem__, order)}
    plans |= {plan: plan for node in picture.nodes for plan in node.plans if plan not in plans}
    plan_ids = sorted(plans)
    pillars = sorted({pillar for action in order for pillar in details[action].pillars})
    statuses = sorted({details[action].status for action in order})
    columns = sorted({name for link in picture.links for name in link.extra})
    place = {node.key: at for at, node in enumerate(picture.nodes)}
    numbers = (
        {plan: at for at, plan in enumerate(plan_ids)},
        {pillar: at for at, pillar in enumerate(pillars)},
        {status: at for at, status in enumerate(statuses)},
    )
    count = len(picture.nodes)
    return {
        "title": picture.title,
        "noun": picture.noun,
        "directed": picture.directed,
        "byDate": picture.by_date,
        "whole": whole,
        "actionsInAll": len(every),
        "farApart": options.far_apart,
        "kinds": [
            {"words": kind.words, "shape": kind.shape, "light": kind.light, "dark": kind.dark} for kind in picture.kinds
        ],
        "plans": [{"id": plan, "title": plans[plan]} for plan in plan_ids],
        "pillars": pillars,
        "statuses": [_status_words(status) for status in statuses],
        "columns": columns,
        "bands": [[band.left, band.top, band.right, band.bottom, band.words] for band in picture.layout.bands],
        "ticks": [[tick.x, tick.words] for tick in picture.layout.ticks],
        "axis": picture.layout.axis,
        "nodes": [
            {
                "label": node.label,
                "id": node.id,
                "name": node.name,
                "abbreviation": node.abbreviation,
                "kind": node.kind,
                "plans": [numbers[0][plan] for plan in node.plans],
                "load": node.load,
                "count": len(behind[at]),
                "actions": listed[at],
                "own": number.get(node.key, -1) if node.is_action else -1,
                "isAction": node.is_action,
                **_page(node.key, options),
            }
            for at, node in enumerate(picture.nodes)
        ],
        "links": [
            {
                "source": place[link.source],
                "target": place[link.target],
                "weight": link.weight,
                "mutual": link.mutual,
                "ring": link.ring,
                "days": link.days,
                "far": link.days is not None and link.days > options.far_apart,
                "count": len(behind[count + at]),
                "actions": listed[count + at],
                "extra": [link.extra.get(name, "") for name in columns],
            }
            for at, link in enumerate(picture.links)
        ],
        "actions": list(_actions(map(details.__getitem__, order), numbers, options)),
    }


def _behind(picture: Picture) -> Iterable[tuple[str, ...]]:
    """Give the actions of each node, and then of each link."""
    yield from (node.actions for node in picture.nodes)
    yield from (link.actions for link in picture.links)


def _actions(
    details: Iterable[ActionDetail], numbers: Sequence[Mapping[str, int]], options: Options
) -> Iterable[dict[str, Any]]:
    plans, pillars, statuses = numbers
    for detail in details:
        yield {
            "id": detail.id,
            "text": detail.text,
            "plan": plans[detail.plan],
            "pillars": [pillars[pillar] for pillar in detail.pillars],
            "status": statuses[detail.status],
            "due": detail.due,
            "latest": detail.due_latest.isoformat() if detail.due_latest else "",
            "leads": list(detail.leads),
            "partners": list(detail.partners),
            "place": detail.place,
            # A page of a site cannot lead to a file; it leads to the action's own page.
            "href": "" if options.address else address_of(detail.document, options.folder),
            **_page(detail.iri, options),
            "document": detail.document.name if detail.document else "",
        }


def _page(iri: str, options: Options) -> dict[str, str]:
    """The address of a thing's page, where there are pages."""
    address = options.address(iri) if options.address else None
    return {"page": address} if address else {}


def _status_words(status: str) -> str:
    return STATUS_WORDS.get(status, status)
