"""What the encoder tags: the nineteen checks, two kinds of names, and where a sentence ends."""

from __future__ import annotations

CHECK_CODES = {
    "GN": "greeting_by_name",
    "SI": "self_identification",
    "JT": "job_title",
    "ID": "interview_date",
    "TT": "thanks_for_time",
    "OG": "opportunity_gratitude",
    "IN": "interest",
    "CA": "company_appeal",
    "DR": "discussion_recall",
    "UR": "update_request",
    "CI": "contact_info",
    "AV": "availability",
    "CTA": "call_to_action",
    "PU": "pushiness",
    "DD": "decision_demand",
    "OC": "other_candidates",
    "OO": "other_offers",
    "WC": "wrong_contact",
    "UN": "unprepared",
}
"""Code in the corpus mark-up → check id."""

CODES = {**CHECK_CODES, "PER": "PERSON", "ORG": "ORG"}
CHECKS = tuple(CHECK_CODES.values())
FORBIDDEN = CHECKS[13:]
BOUNDARY = "BOUNDARY"
LABELS = (*CODES.values(), BOUNDARY)
"""Outputs of the encoder, in order."""

INDEX = {label: index for index, label in enumerate(LABELS)}
