"""The shortest list of steps that still fails in the same way (delta debugging: Zeller and Hildebrandt, 2002)."""

from collections.abc import Callable

from tests.simulation.engine import Step

Fails = Callable[[list[Step]], bool]


def shortest(steps: list[Step], outcomes: dict[int, str], fails: Fails, *, tries: int = 400) -> list[Step]:
    """Leaves out what is not needed, in the order that saves most: what did nothing, one verb after the other, halves,
    quarters, single steps."""
    left = tries

    def try_(shorter: list[Step]) -> bool:
        nonlocal left
        left -= 1
        return left >= 0 and len(shorter) < len(steps) and fails(shorter)

    if try_(done := [step for step in steps if outcomes.get(step.number) in ("done", "violation")]):
        steps = done
    for name in sorted({step.verb for step in steps}):
        if try_(others := [step for step in steps if step.verb != name]):
            steps = others
    size = max(1, len(steps) // 2)
    while size:
        begin = 0
        while begin < len(steps) and left > 0:
            if try_(shorter := steps[:begin] + steps[begin + size :]):
                steps = shorter
            else:
                begin += size
        size //= 2
    return steps
