"""What each measure is: its title, and its definition in words, with the formula where there is one."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["COLUMNS", "FIGURES", "Words"]


class Words(NamedTuple):
    """The title of a measure, and what it is."""

    title: str
    definition: str


FIGURES: Final = {
    "nodes": Words("nodes", "How many things the network has."),
    "edges": Words("edges", "How many pairs of them are joined, however often."),
    "components": Words(
        "separate parts",
        "Two nodes are in the same part where one gets from one to the other along edges, in whatever direction.",
    ),
    "largest": Words("nodes of the largest part", "How many nodes the part with most nodes has."),
    "isolated": Words("isolated nodes", "Nodes that are joined with no other."),
    "cut_nodes": Words(
        "single points of failure",
        "Nodes without which their part would fall apart (articulation points; Hopcroft and Tarjan 1973).",
    ),
    "bridges": Words(
        "bridges", "Edges without which their part would fall apart: no other way leads from one end to the other."
    ),
    "communities": Words(
        "communities",
        "Groups of two nodes or more that are joined among themselves more than with others, found by the method of"
        " Louvain (Blondel and others 2008) with a fixed seed.",
    ),
    "modularity": Words(
        "modularity",
        "How much more weight lies within the communities than if the edges were drawn at random: the sum over the"
        " communities of (weight inside ÷ weight of all edges) − (strength of its nodes ÷ twice the weight of all"
        " edges)² (Newman 2004). 0 is no more than at random, 1 is the most there can be.",
    ),
    "top_three": Words(
        "share of the three largest loads",
        "The load of the three nodes that carry most, divided by the load of all; an action that several carry counts"
        " for each.",
    ),
    "gini": Words(
        "Gini coefficient of load",
        "How unevenly load is spread over those who carry any: the mean difference of load between any two, divided by"
        " twice the mean load (Gini 1912). 0 where all carry the same; near 1 where one carries all.",
    ),
    "actions": Words("actions", "How many actions the network has."),
    "references": Words("references", "How many times one action refers to another, each pair and direction once."),
    "mutual": Words("mutual references", "Pairs of actions each of which refers to the other."),
    "one_way": Words("one-way references", "References to an action that does not refer back."),
    "needs": Words("stated needs", "References of which the text says that the action needs the other one."),
    "rings": Words(
        "rings",
        "Groups of actions in which following references leads from each to every other and back (strongly connected"
        " components of two or more; Tarjan 1972). Two actions that refer to each other are one.",
    ),
    "chain": Words(
        "actions on the longest chain",
        "The most actions that one gets through by following references, none twice; a ring counts as one action.",
    ),
    "most_referred": Words("most references to one action", "How many actions refer to the one that most refer to."),
    "islands": Words("islands", "Actions that neither refer to another nor are referred to."),
    "late": Words(
        "prerequisites due too late",
        "Where the text says that an action needs another one: the other one is due after it, by the last day that"
        " each date can mean.",
    ),
}
"""Measures of a whole network."""

COLUMNS: Final = {
    "id": Words("id", "What a person types for it."),
    "label": Words("name", "Its name in full; of an action its text."),
    "kind": Words("kind", "What kind of thing it is."),
    "load": Words(
        "load", "The different actions that stand behind it in this network; of an action, the actions joined with it."
    ),
    "led": Words("led", "Actions that it leads, alone or with others."),
    "partnered": Words("partner in", "Actions that it is partner in."),
    "mentioned": Words("named in", "Actions that name it in another cell, and in which it has no part otherwise."),
    "open": Words("open", "Of those it leads or is partner in, the ones that are neither complete nor stopped."),
    "overdue": Words("overdue", "Of the open ones, those that were due before the day: by the last day of the date."),
    "neighbours": Words("joined with", "How many other nodes it is joined with (degree)."),
    "strength": Words("strength", "The weights of its edges added up (weighted degree)."),
    "betweenness": Words(
        "betweenness",
        "How often it lies between others: over all pairs of other nodes, the share of the shortest ways between the"
        " two that pass through it, added up and divided by the number of pairs (Freeman 1977, by the algorithm of"
        " Brandes 2001). Each edge is one step, whatever its weight.",
    ),
    "community": Words("community", "Which community it is in; 1 is the largest, none is a node by itself."),
    "cut": Words("single point of failure", "“yes” where its part would fall apart without it."),
    "due": Words("due", "The last day of its date, where it has one."),
    "refers": Words("refers to", "How many other actions it refers to."),
    "referred": Words("referred to by", "How many other actions refer to it."),
    "ring": Words("ring", "Which ring it is on; 1 is the largest."),
    "source": Words("from", "The id of one end; of a direction, the beginning."),
    "source_label": Words("its name", "The name of that end."),
    "target": Words("to", "The id of the other end."),
    "target_label": Words("its name", "The name of the other end."),
    "weight": Words("weight", "How many actions or rows join the two."),
    "bridge": Words("bridge", "“yes” where no other way leads from one end to the other."),
    "mutual_edge": Words("mutual", "“yes” where the other action refers back."),
    "says": Words("says", "“needs” where the text says so; otherwise “related”, and no more."),
    "days": Words("days between", "Days from the date of the first action to that of the second; negative is before."),
}
"""Measures of each node and each edge."""
