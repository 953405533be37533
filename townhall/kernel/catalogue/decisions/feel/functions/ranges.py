"""Functions that say how points and ranges lie to one another. Source: DMN 1.5, 10.3.4.7, table 78."""

from townhall.kernel.catalogue.decisions.feel.comparing import both, either, equal, every, includes, less, more
from townhall.kernel.catalogue.decisions.feel.comparing import opposite as no
from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.functions.signatures import builtin
from townhall.kernel.catalogue.decisions.feel.values import Range, Value
from townhall.kernel.catalogue.decisions.limits import Run

Truth = bool | None


def known(found: Truth) -> bool:
    """True or false. Raises OutOfDomain for null: the two cannot be compared."""
    if found is None:
        raise OutOfDomain("these cannot be compared")
    return found


def starts_no_later(one: Range, other: Range) -> Truth:
    """Whether the first begins before the second, or with it."""
    together = both(equal(one.low, other.low), either(one.low_included, no(other.low_included)))
    return either(less(one.low, other.low), together)


def ends_no_earlier(one: Range, other: Range) -> Truth:
    """Whether the first ends after the second, or with it."""
    together = both(equal(one.high, other.high), either(one.high_included, no(other.high_included)))
    return either(more(one.high, other.high), together)


def apart(end: Value, start: Value, *, touching: bool) -> Truth:
    """Whether an end is before a start, or at it where they do not touch."""
    return either(less(end, start), both(equal(end, start), not touching))


@builtin("before", "point1: point, point2: point")
def point_before_point(_: Run, one: Value, other: Value) -> bool:
    """Whether the first is before the second."""
    return known(less(one, other))


@builtin("before", "point: point, range: range")
def point_before_range(_: Run, point: Value, held: Range) -> bool:
    """Whether the point is before all of the range."""
    return known(apart(point, held.low, touching=held.low_included))


@builtin("before", "range: range, point: point")
def range_before_point(_: Run, held: Range, point: Value) -> bool:
    """Whether all of the range is before the point."""
    return known(apart(held.high, point, touching=held.high_included))


@builtin("before", "range1: range, range2: range")
def range_before_range(_: Run, one: Range, other: Range) -> bool:
    """Whether all of the first is before all of the second."""
    return known(apart(one.high, other.low, touching=one.high_included and other.low_included))


@builtin("after", "point1: point, point2: point")
def point_after_point(_: Run, one: Value, other: Value) -> bool:
    """Whether the first is after the second."""
    return known(more(one, other))


@builtin("after", "point: point, range: range")
def point_after_range(_: Run, point: Value, held: Range) -> bool:
    """Whether the point is after all of the range."""
    return known(apart(held.high, point, touching=held.high_included))


@builtin("after", "range: range, point: point")
def range_after_point(_: Run, held: Range, point: Value) -> bool:
    """Whether all of the range is after the point."""
    return known(apart(point, held.low, touching=held.low_included))


@builtin("after", "range1: range, range2: range")
def range_after_range(_: Run, one: Range, other: Range) -> bool:
    """Whether all of the first is after all of the second."""
    return known(apart(other.high, one.low, touching=other.high_included and one.low_included))


@builtin("meets", "range1: range, range2: range")
def meets(_: Run, one: Range, other: Range) -> bool:
    """Whether the first ends with what the second begins with."""
    return known(every([one.high_included, other.low_included, equal(one.high, other.low)]))


@builtin("met by", "range1: range, range2: range")
def met_by(_: Run, one: Range, other: Range) -> bool:
    """Whether the first begins with what the second ends with."""
    return known(every([one.low_included, other.high_included, equal(one.low, other.high)]))


def reaches(one: Range, other: Range) -> Truth:
    """Whether the first ends after the second begins, or with its beginning."""
    return either(more(one.high, other.low), every([equal(one.high, other.low), one.high_included, other.low_included]))


@builtin("overlaps", "range1: range, range2: range")
def overlaps(_: Run, one: Range, other: Range) -> bool:
    """Whether there is something in both."""
    return known(both(reaches(one, other), reaches(other, one)))


def overlapping_before(one: Range, other: Range) -> bool:
    """Whether the first begins before the second, and ends in it."""
    begins = either(
        less(one.low, other.low), every([equal(one.low, other.low), one.low_included, not other.low_included])
    )
    ends = either(
        less(one.high, other.high), both(equal(one.high, other.high), not one.high_included or other.high_included)
    )
    return known(every([begins, reaches(one, other), ends]))


@builtin("overlaps before", "range1: range, range2: range")
def overlaps_before(_: Run, one: Range, other: Range) -> bool:
    """Whether the first begins before the second, and ends in it."""
    return overlapping_before(one, other)


@builtin("overlaps after", "range1: range, range2: range")
def overlaps_after(_: Run, one: Range, other: Range) -> bool:
    """Whether the first begins in the second, and ends after it."""
    begins = either(
        less(other.low, one.low), every([equal(other.low, one.low), other.low_included, not one.low_included])
    )
    ends = either(
        less(other.high, one.high), both(equal(other.high, one.high), not other.high_included or one.high_included)
    )
    return known(every([begins, reaches(other, one), ends]))


@builtin("finishes", "point: point, range: range")
def point_finishes(_: Run, point: Value, held: Range) -> bool:
    """Whether the range ends with the point."""
    return known(both(held.high_included, equal(held.high, point)))


@builtin("finishes", "range1: range, range2: range")
def range_finishes(_: Run, one: Range, other: Range) -> bool:
    """Whether both end together, and the first begins no earlier."""
    together = both(one.high_included == other.high_included, equal(one.high, other.high))
    return known(both(together, starts_no_later(other, one)))


@builtin("finished by", "range: range, point: point")
def finished_by_point(run: Run, held: Range, point: Value) -> bool:
    """Whether the range ends with the point."""
    return point_finishes(run, point, held)


@builtin("finished by", "range1: range, range2: range")
def finished_by_range(run: Run, one: Range, other: Range) -> bool:
    """Whether both end together, and the second begins no earlier."""
    return range_finishes(run, other, one)


@builtin("includes", "range: range, point: point")
def includes_point(_: Run, held: Range, point: Value) -> bool:
    """Whether the point is in the range."""
    return known(includes(held, point))


@builtin("includes", "range1: range, range2: range")
def includes_range(_: Run, one: Range, other: Range) -> bool:
    """Whether all of the second is in the first."""
    return known(both(starts_no_later(one, other), ends_no_earlier(one, other)))


@builtin("during", "point: point, range: range")
def point_during(run: Run, point: Value, held: Range) -> bool:
    """Whether the point is in the range."""
    return includes_point(run, held, point)


@builtin("during", "range1: range, range2: range")
def range_during(run: Run, one: Range, other: Range) -> bool:
    """Whether all of the first is in the second."""
    return includes_range(run, other, one)


@builtin("starts", "point: point, range: range")
def point_starts(_: Run, point: Value, held: Range) -> bool:
    """Whether the range begins with the point."""
    return known(both(held.low_included, equal(held.low, point)))


@builtin("starts", "range1: range, range2: range")
def range_starts(_: Run, one: Range, other: Range) -> bool:
    """Whether both begin together, and the first ends no later."""
    together = both(one.low_included == other.low_included, equal(one.low, other.low))
    return known(both(together, ends_no_earlier(other, one)))


@builtin("started by", "range: range, point: point")
def started_by_point(run: Run, held: Range, point: Value) -> bool:
    """Whether the range begins with the point."""
    return point_starts(run, point, held)


@builtin("started by", "range1: range, range2: range")
def started_by_range(run: Run, one: Range, other: Range) -> bool:
    """Whether both begin together, and the second ends no later."""
    return range_starts(run, other, one)


@builtin("coincides", "point1: point, point2: point")
def points_coincide(_: Run, one: Value, other: Value) -> bool:
    """Whether the two are the same."""
    return known(equal(one, other))


@builtin("coincides", "range1: range, range2: range")
def ranges_coincide(_: Run, one: Range, other: Range) -> bool:
    """Whether the two are the same."""
    return known(equal(one, other))
