"""What kept its order while other things moved around it."""

from bisect import bisect_left
from collections.abc import Iterable


def increasing(values: Iterable[int]) -> list[int]:
    """Return the places of a longest increasing subsequence of different numbers, in order.

    >>> increasing([4, 0, 1, 3, 2])
    [1, 2, 4]
    """
    ends: list[int] = []
    places: list[int] = []
    behind: list[int] = []
    for place, value in enumerate(values):
        length = bisect_left(ends, value)
        behind.append(places[length - 1] if length else -1)
        ends[length : length + 1] = [value]
        places[length : length + 1] = [place]
    result: list[int] = []
    place = places[-1] if places else -1
    while place >= 0:
        result.append(place)
        place = behind[place]
    return result[::-1]
