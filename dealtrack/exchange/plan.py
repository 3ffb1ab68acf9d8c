"""The plan of an import for programs."""

from typing import Any

from dealtrack.domain.plan import Plan, Step


def plan_object(plan: Plan) -> dict[str, Any]:
    """The plan with every step, in the order of the files; every key is always there."""
    steps = (step for steps in plan.steps.values() for step in steps)
    return {
        "rows": plan.rows,
        "counts": dict(plan.counts),
        "founded": list(plan.founded),
        "remarks": plan.remarks,
        "steps": [_object(step) for step in sorted(steps, key=lambda step: (step.file, step.line))],
    }


def _object(step: Step) -> dict[str, Any]:
    return {
        "file": step.file,
        "line": step.line,
        "verdict": step.verdict,
        "deal": step.deal,
        "what": step.what or None,
        "column": step.column or None,
        "reason": step.reason or None,
        "hint": step.hint or None,
        "differences": [one._asdict() for one in step.differences],
    }
