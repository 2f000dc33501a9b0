"""Words that are one slip of the pen apart."""

from __future__ import annotations

__all__ = ["is_misspelled", "is_swapped"]

SHORTEST = 6
"""In a shorter word, another letter mostly makes another word."""


def is_swapped(one: str, other: str) -> bool:
    """Say whether two words differ only in two neighbouring letters that have changed places.

    Examples
    --------
    >>> is_swapped("DLUHC", "DLUCH"), is_swapped("RSMT", "RTMS")
    (True, False)
    """
    apart = [at for at, letters in enumerate(zip(one, other, strict=False)) if letters[0] != letters[1]]
    if len(one) != len(other) or len(apart) != 2 or apart[1] - apart[0] != 1:  # noqa: PLR2004 - two letters
        return False
    return one[apart[0]] + one[apart[1]] == other[apart[1]] + other[apart[0]]


def is_misspelled(one: str, other: str) -> bool:
    """Say whether two words differ in one letter, in two that are swapped, or in one that is too many.

    The first letter has to be the same. A plural is no misspelling, nor is a word in which a number is another.

    Examples
    --------
    >>> is_misspelled("manager", "manger"), is_misspelled("manager", "managers"), is_misspelled("manager", "manaegr")
    (True, False, True)
    """
    short, long = sorted((one, other), key=len)
    if len(short) < SHORTEST or short == long or not (short + long).isalpha() or long in {short + "s", short + "es"}:
        return False
    if len(short) == len(long):
        apart = [at for at, letters in enumerate(zip(short, long, strict=True)) if letters[0] != letters[1]]
        return apart[0] > 0 and (len(apart) == 1 or is_swapped(short, long))
    return short[0] == long[0] and any(long[:at] + long[at + 1 :] == short for at in range(1, len(long)))
