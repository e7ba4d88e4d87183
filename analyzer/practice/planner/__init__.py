"""When to call, whom, what to do first, and what to do after."""

from analyzer.practice.planner.plan import Plan, make_plan

__all__ = ["Plan", "make_plan"]
