"""Rule packs, findings, verdicts and the score."""
