"""The history's tables as SQLAlchemy sees them; ``migrations`` creates them."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Integer, MetaData, String, Table

metadata = MetaData()

attempts_table = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("made_at", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("status", String, nullable=False),
    Column("score", Integer),
    Column("grade", String),
    Column("provisional", Integer, nullable=False),
    Column("source_name", String, nullable=False),
    Column("duration_s", Float),
    Column("model", String),
    Column("rules", String),
    Column("profile_name", String),
    Column("body", String, nullable=False),
)

check_results_table = Table(
    "check_results",
    metadata,
    Column("attempt_id", ForeignKey("attempts.id"), primary_key=True),
    Column("check_id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("verdict", String, nullable=False),
    Column("points", Integer, nullable=False),
    Column("max_points", Integer, nullable=False),
)
