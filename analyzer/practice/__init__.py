"""Profile, script, planner, rehearsal, history."""
