"""Functions of contexts. Source: DMN 1.5, 10.3.4.10."""

from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.functions.signatures import builtin
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.limits import Run

Context = dict[str, Value]


@builtin("get value", "m: context, key: string")
def get_value(_: Run, held: Context, key: str) -> Value:
    """The value of an entry; null where there is none."""
    return held.get(key)


@builtin("get value", "context: context, keys: list")
def get_deep_value(_: Run, held: Context, keys: list[Value]) -> Value:
    """The value of an entry of an entry; null where there is none."""
    value: Value = held
    for key in named(keys):
        if not isinstance(value, dict) or key not in value:
            return None
        value = value[key]
    return value


def named(keys: list[Value]) -> list[str]:
    """Keys that are texts. Raises OutOfDomain where there are none or one is no text."""
    if not keys or not all(isinstance(key, str) for key in keys):
        raise OutOfDomain("the keys are texts")
    return keys


@builtin("get entries", "m: context")
def get_entries(_: Run, held: Context) -> list[Context]:
    """The entries of a context as contexts of a key and a value."""
    return [{"key": key, "value": value} for key, value in held.items()]


@builtin("context", "entries: list")
def context(_: Run, entries: list[Value]) -> Context:
    """A context of entries that each have a key and a value."""
    made: Context = {}
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("key"), str) or "value" not in entry:
            raise OutOfDomain("an entry has a key, which is a text, and a value")
        if entry["key"] in made:
            raise OutOfDomain(f"the key {entry['key']!r} comes twice")
        made[entry["key"]] = entry["value"]
    return made


@builtin("context put", "context: context, key: string, value: any")
def context_put(_: Run, held: Context, key: str, value: Value) -> Context:
    """A context with an entry more, or with another value for one."""
    return {**held, key: value}


@builtin("context put", "context: context, keys: list, value: any")
def context_put_deep(run: Run, held: Context, keys: list[Value], value: Value) -> Context:
    """A context with another value for an entry of an entry."""
    first, *rest = named(keys)
    run.step()
    if not rest:
        return {**held, first: value}
    inner = held.get(first)
    if not isinstance(inner, dict):
        raise OutOfDomain(f"{first!r} is no context")
    return {**held, first: context_put_deep(run, inner, list[Value](rest), value)}


@builtin("context merge", "contexts: list")
def context_merge(_: Run, contexts: list[Value]) -> Context:
    """A context with the entries of all of these; the last one counts where a key comes twice."""
    made: Context = {}
    for each in contexts:
        if not isinstance(each, dict):
            raise OutOfDomain("one of these is no context")
        made.update(each)
    return made
