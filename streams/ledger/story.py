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


class Draft:
    """A story in the making. What hundreds of outlets say in the same words is compared once."""

    def __init__(self, first: Node) -> None:
        self.members: list[Node] = []
        self._articles: set[str] = set()
        self._faces: dict[str, Node] = {}
        self.add(first)

    def add(self, node: Node) -> None:
        """The node is a report of this happening."""
        self.members.append(node)
        self._articles.add(node.key[0])
        self._faces.setdefault(node.face, node)

    def likeness(self, node: Node) -> int | None:
        """To the most alike member; None when the node contradicts one, or is of the same article as one."""
        if node.key[0] in self._articles or any(contradict(node, member) for member in self._faces.values()):
            return None
        return max(likeness(node, member) for member in self._faces.values())


def stories_of(component: Iterable[Node]) -> list[Story]:
    """The happenings of one component, each mention in exactly one; of equally likely ones the first made."""
    drafts: list[Draft] = []
    for node in sorted(component, key=lambda node: node.rank):
        best, most = None, ENOUGH - 1
        for draft in drafts:
            alike = draft.likeness(node)
            if alike is not None and alike > most:
                best, most = draft, alike
        if best is None:
            drafts.append(Draft(node))
        else:
            best.add(node)
    return [tuple(draft.members) for draft in drafts]


def anchor_of(story: Story) -> Node:
    """The oldest report: the event has its id from it."""
    return min(story, key=lambda node: node.age)
