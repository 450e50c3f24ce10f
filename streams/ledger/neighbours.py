"""Where the candidates for a mention are found without looking at the whole book: by kind, day and place."""

from collections.abc import Iterable, Iterator

from streams.ledger.node import Group, Key, Node
from streams.ledger.same import DAYS

Place = tuple[Group, int, str]


class Neighbours:
    """Nodes by (group, day, region), at their own regions and below those that hold them."""

    def __init__(self, nodes: Iterable[Node] = ()) -> None:
        self._at: dict[Place, dict[Key, Node]] = {}
        self._below: dict[Place, dict[Key, Node]] = {}
        for node in nodes:
            self.add(node)

    def add(self, node: Node) -> None:
        """The node can be found from now on."""
        for shelf, place in self._places(node):
            shelf.setdefault(place, {})[node.key] = node

    def remove(self, node: Node) -> None:
        """The node is found no more. Raises KeyError when it was never added."""
        for shelf, place in self._places(node):
            del shelf[place][node.key]
            if not shelf[place]:
                del shelf[place]

    def near(self, node: Node) -> dict[Key, Node]:
        """All nodes of the same group within `DAYS` days whose regions meet the node's; the node itself when added."""
        facts, found = node.facts, dict[Key, Node]()
        for day in range(facts.when - DAYS, facts.when + DAYS + 1):
            for region in facts.regions:
                found.update(self._at.get((facts.group, day, region), ()))
                found.update(self._below.get((facts.group, day, region), ()))
            for region in facts.above:
                found.update(self._at.get((facts.group, day, region), ()))
        return found

    def _places(self, node: Node) -> Iterator[tuple[dict[Place, dict[Key, Node]], Place]]:
        facts = node.facts
        for region in facts.regions:
            yield self._at, (facts.group, facts.when, region)
        for region in facts.above:
            yield self._below, (facts.group, facts.when, region)
