"""From mentions to happenings: a deterministic partition that no order of arrival can change.

Mentions that could be the same are joined into components; within a component each mention, the most telling first,
goes to the story it is most like, unless it contradicts a member. So one vague report cannot glue two happenings.
"""

from collections.abc import Callable, Iterable

from streams.ledger.node import Node
from streams.ledger.same import ENOUGH, contradict, likeness, should_merge

Story = tuple[Node, ...]
"""The mentions of one happening, the most telling first."""


def components_of(nodes: Iterable[Node], near: Callable[[Node], Iterable[Node]]) -> list[list[Node]]:
    """The nodes joined wherever two could be the same; `near` gives a node's candidates, itself allowed."""
    left = {node.key: node for node in nodes}
    components: list[list[Node]] = []
    while left:
        _, first = left.popitem()
        component, queue = [first], [first]
        while queue:
            node = queue.pop()
            found = [other for other in near(node) if other.key in left and should_merge(node, other)]
            for other in found:
                if left.pop(other.key, None):
                    component.append(other)
                    queue.append(other)
        components.append(component)
    return components


def stories_of(component: Iterable[Node]) -> list[Story]:
    """The happenings of one component, each mention in exactly one."""
    stories: list[list[Node]] = []
    for node in sorted(component, key=lambda node: node.rank):
        best, best_likeness = None, ENOUGH - 1
        for story in stories:
            if any(contradict(node, member) for member in story):
                continue
            alike = max(likeness(node, member) for member in story)
            if alike > best_likeness:
                best, best_likeness = story, alike
        if best is None:
            stories.append([node])
        else:
            best.append(node)
    return [tuple(story) for story in stories]


def anchor_of(story: Story) -> Node:
    """The oldest report: the event has its id from it."""
    return min(story, key=lambda node: node.age)
