"""What stands in a state or way as it is written in a file: the other direction of reading."""

import json
from typing import Any

from townhall.kernel.catalogue.decisions.conversion import given, taken
from townhall.kernel.catalogue.decisions.model import Place
from townhall.kernel.catalogue.decisions.yaml_tree import YamlNode
from townhall.kernel.catalogue.processes.model import Action, Assignment, Node, Service, Task, Timer, Variable, Way

Written = dict[str, Any]


def service_text(service: Service) -> Any:
    """A service, its name alone where it has no more."""
    made: Written = {"name": service.name}
    if service.to:
        made["to"] = service.to
    if service.values:
        made["with"] = {each.name: each.value.text for each in service.values}
    return made if len(made) > 1 else service.name


def action_texts(actions: tuple[Action, ...]) -> list[Written]:
    """Actions, in their order."""
    return [
        {"set": {each.name: each.value.text}} if isinstance(each, Assignment) else {each.kind: service_text(each)}
        for each in actions
    ]


def way_text(way: Way) -> Written:
    """What a way does beside leading somewhere."""
    made: Written = {}
    if way.actions:
        made["do"] = action_texts(way.actions)
    for key, holds in (("resume", way.resumes), ("undo", way.undoes)):
        if holds:
            made[key] = True
    return made


def timer_text(timer: Timer) -> Written:
    """When a timer is due."""
    made: Written = {"at": timer.moment.text} if timer.moment else {timer.span: str(timer.count)}
    more = {"nation": timer.nation, "keep": timer.keep}
    return made | {key: each for key, each in more.items() if each}


def task_text(task: Task, due: Timer | None) -> Written:
    """What a person does."""
    made: Written = {"who": task.who}
    if task.skills:
        made["skills"] = list(task.skills)
    if task.form:
        made["form"] = task.form
    return made | ({"due": timer_text(due)} if due else {})


def node_text(node: Node) -> Written:
    """What a state has beside its name, its ways and what stands in it."""
    made: Written = {}
    for key, actions in (
        ("entry", node.entry),
        ("exit", node.exit),
        ("undo", node.undo),
        ("cancelled", node.cancelled),
    ):
        if actions:
            made[key] = action_texts(actions)
    if node.task:
        made["task"] = task_text(node.task, node.due)
    if node.service:
        made[node.service.kind] = service_text(node.service)
    if node.calls:
        made["call"] = node.calls
    if node.given:
        made["with"] = {each.name: each.value.text for each in node.given}
    if node.pauses:
        made["pauses"] = list(node.pauses)
    if node.join != "all":
        made["join"] = node.join
    return made


def variable_text(variable: Variable) -> Any:
    """A variable: its type, and what it begins with."""
    if variable.begins is None:
        return variable.kind.name
    return {"type": variable.kind.name, "begins": given(taken(variable.begins))}


def tree(value: Any, place: Place) -> YamlNode:
    """A value as a node of a file, at a place; what are nodes already stay."""
    if isinstance(value, YamlNode):
        return value
    if isinstance(value, dict):
        return YamlNode({str(key): tree(each, place) for key, each in value.items()}, place)
    if isinstance(value, list):
        return YamlNode([tree(each, place) for each in value], place)
    made = YamlNode(value if isinstance(value, str) else json.dumps(value), place)
    made.is_plain = not isinstance(value, str)
    return made
