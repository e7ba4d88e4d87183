"""Build a script for the call from a profile, one that passes its own checklist."""

from analyzer.practice.script.build import Part, Script, build_script, verified_script
from analyzer.practice.script.facts import missing_facts

__all__ = ["Part", "Script", "build_script", "missing_facts", "verified_script"]
