"""Boxes that are not made for one file alone, so that nobody waits while numpy or torch is imported.

Ahead starts those of the next check while a learner reads; Lent gives the same one to many files.
"""

from minirnn.course.grading.box import Box


class Ahead:
    """Gives boxes as `Box` does, ready ones first. As a context it leaves no process behind."""

    def __init__(self) -> None:
        self.waiting: dict[str, list[Box]] = {}

    def fill(self, uses: str, number: int) -> None:
        """Start boxes until so many are waiting."""
        boxes = self.waiting.setdefault(uses, [])
        while len(boxes) < number:
            boxes.append(Box(uses))

    def __call__(self, uses: str) -> Box:
        """A box that waits, or a new one."""
        boxes = self.waiting.get(uses, [])
        while boxes:
            box = boxes.pop(0)
            if box.process.poll() is None:
                return box
            box.close()  # it was killed while it waited, which is no fault of the learner
        return Box(uses)

    def close(self) -> None:
        """Stop all that still wait."""
        for boxes in self.waiting.values():
            while boxes:
                boxes.pop().close()

    def __enter__(self) -> "Ahead":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Lent:
    """A box that outlives the check it is lent to: closing it is left to its owner."""

    def __init__(self, box: Box) -> None:
        self.box, self.ask, self.forget = box, box.ask, box.forget

    @property
    def printed(self) -> str:
        """As of the box."""
        return self.box.printed

    @property
    def said(self) -> str:
        """As of the box."""
        return self.box.said

    @property
    def spent(self) -> float:
        """As of the box."""
        return self.box.spent

    def close(self) -> None:
        """Keep it."""
