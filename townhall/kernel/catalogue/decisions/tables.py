"""Closures of decision tables: which rules a case satisfies, and what the hit policy makes of them.

Source: DMN 1.5, chapter 8 and 10.3.2.10.
"""

from dataclasses import dataclass

from townhall.kernel.catalogue.decisions.columns import Cells
from townhall.kernel.catalogue.decisions.feel.comparing import equal, is_same
from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.functions import BUILTINS
from townhall.kernel.catalogue.decisions.feel.judging import about
from townhall.kernel.catalogue.decisions.feel.scopes import Compiled, Scope, null
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.model import TableBox

TOTALS = {"+": "sum", "<": "min", ">": "max"}


@dataclass(frozen=True, slots=True)
class Found:
    """What a table found in one case: the values it looked at, and for each column the rules that they satisfy."""

    box: TableBox
    values: tuple[Value, ...]
    masks: tuple[int, ...]
    fired: tuple[int, ...]
    result: Value


@dataclass(frozen=True, slots=True)
class Input:
    """A column of inputs: its value, its cells, and the values that are allowed in it."""

    value: Compiled
    cells: Cells
    allowed: Compiled | None
    label: str


@dataclass(frozen=True, slots=True)
class Output:
    """A column of outputs: its name, its values in the order of their priority, its default."""

    name: str
    priorities: tuple[Compiled, ...]
    allowed: Compiled | None
    default: Compiled | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table, ready to run."""

    box: TableBox
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    results: tuple[tuple[Compiled, ...], ...]
    everything: int
    is_plain: bool

    def run(self, scope: Scope) -> Value:
        """The result in one case."""
        values: list[Value] = []
        masks: list[int] = []
        found, tracing = self.everything, scope.run.trace is not None
        for each in self.inputs:
            value = each.value(scope)
            if found and each.allowed and value is not None and each.allowed(about(scope, value)) is not True:
                return null(scope, f"{each.label} has a value that the table does not allow")
            mask = each.cells.satisfied(value, scope)
            found &= mask
            if tracing:
                values.append(value)
                masks.append(mask)
            elif not found:
                break
        scope.run.step(1 + len(self.results) // 50)
        rules = bits(found) if found & (found - 1) else [found.bit_length() - 1] if found else []
        result = self.outcome(rules, scope)
        if tracing and scope.run.trace is not None:
            scope.run.trace.append(Found(self.box, tuple(values), tuple(masks), tuple(rules), result))
        return result

    def outcome(self, rules: list[int], scope: Scope) -> Value:  # noqa: PLR0911
        """What the hit policy makes of the rules that are satisfied."""
        hit = self.box.hit
        if not rules:
            return self.default(scope)
        if hit == "F":
            return self.result(rules[0], scope)
        if hit == "U":
            if len(rules) > 1:
                numbers = ", ".join(str(rule + 1) for rule in rules)
                return null(scope, f"rules {numbers} all apply, and only one may")
            return self.result(rules[0], scope)
        results = [self.result(rule, scope) for rule in rules]
        if hit == "A":
            same = all(is_same(each, results[0]) or equal(each, results[0]) is True for each in results)
            return results[0] if same else null(scope, "several rules apply, and they do not say the same")
        if hit in "PO":
            results = self.by_priority(results, scope)
            return results[0] if hit == "P" else results
        return self.total(results, scope) if self.box.total else results

    def result(self, rule: int, scope: Scope) -> Value:
        """The result of one rule: its value, or a context of its values by column."""
        if self.is_plain:
            return self.results[rule][0](scope)
        made = [
            self.allowed(output, cell(scope), scope)
            for output, cell in zip(self.outputs, self.results[rule], strict=True)
        ]
        if len(made) == 1:
            return made[0]
        return {output.name: value for output, value in zip(self.outputs, made, strict=True)}

    def allowed(self, output: Output, value: Value, scope: Scope) -> Value:
        """A value, or null where its column does not allow it."""
        if output.allowed is None or value is None:
            return value
        return (
            value
            if output.allowed(about(scope, value)) is True
            else null(scope, f"{output.name or 'the result'} is not allowed")
        )

    def default(self, scope: Scope) -> Value:
        """The result where no rule is satisfied."""
        if any(output.default for output in self.outputs):
            values = [output.default(scope) if output.default else None for output in self.outputs]
            one = values[0] if len(values) == 1 else None
            made = one if len(values) == 1 else dict(zip([each.name for each in self.outputs], values, strict=True))
            return [made] if self.box.hit in "ROC" and not self.box.total and not isinstance(made, list) else made
        return null(scope, "no rule applies")

    def by_priority(self, results: list[Value], scope: Scope) -> list[Value]:
        """Results in the order in which their columns list their values; those not listed go last."""
        orders = [[value(scope) for value in output.priorities] for output in self.outputs]

        def rank(result: Value) -> list[int]:
            parts = [result] if len(orders) == 1 else [result[output.name] for output in self.outputs]
            return [
                next((place for place, value in enumerate(order) if equal(value, part) is True), len(order))
                for part, order in zip(parts, orders, strict=True)
            ]

        return sorted(results, key=rank)

    def total(self, results: list[Value], scope: Scope) -> Value:
        """The sum, count, smallest or largest of results; of several columns, of each."""
        if self.box.total == "#":
            return BUILTINS["count"].invoke(scope.run, [results])
        function = BUILTINS[TOTALS[self.box.total]]
        try:
            if len(self.outputs) == 1:
                return function.invoke(scope.run, [results])
            return {
                each.name: function.invoke(scope.run, [[row[each.name] for row in results]]) for each in self.outputs
            }
        except OutOfDomain as problem:
            return null(scope, problem)


def bits(mask: int) -> list[int]:
    """The places of the bits of a number that are set, in ascending order."""
    found: list[int] = []
    while mask:
        lowest = mask & -mask
        found.append(lowest.bit_length() - 1)
        mask ^= lowest
    return found
