"""Say built scripts in synthetic voices, recognise them with the built-in model, and score them.

    python bench/scripts_spoken.py --count 40 --seed 1 > spoken.json

The names, companies and jobs are drawn from lists that are compared with the speech model's
own word lists: those it was trained on are left out. The voices are those of
``bench/speak.py``, which needs flite and espeak-ng.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from speak import VOICES, speak

from analyzer.assess import assess_waveform
from analyzer.audio.decode import decode
from analyzer.practice.profile import Profile
from analyzer.practice.script import build_script
from analyzer.practice.script.templates import STYLES
from analyzer.speech.choose import choose_engine
from analyzer.speech.quiet import engine_output

WORDS = Path(__file__).resolve().parents[1] / "models" / "speech" / "recipe" / "words"
FIRST = (
    "Bernadette Clement Delphine Everett Florence Gideon Harriet Ignatius Josephine Kendrick "
    "Lorraine Mortimer Nadine Octavia Percival Roland Sylvia Thaddeus Ursula Vincent Winifred"
).split()
LAST = (
    "Ashdown Bellamy Crowther Dunmore Eastman Fairbanks Galloway Hargrove Ingram Jessop Kirkland "
    "Lockhart Merriman Northcott Oakley Pemberton Redfern Stanhope Thornbury Wexford"
).split()
JOBS = [
    "archivist", "beekeeper", "claims adjuster", "dispatch clerk", "fitness instructor",
    "gallery assistant", "land surveyor", "museum guide", "payroll clerk", "ranger",
    "stage manager", "tax preparer", "welder", "zookeeper",
]  # fmt: skip
COMPANIES = [
    "Harbor Light", "Copper Ridge", "Blue Lantern", "Stone Bridge Press", "Willow Park Zoo",
    "Red Barn Market", "Silver Creek Credit Union",
]  # fmt: skip
TALKED = [
    "the new opening hours", "the plan for the spring season", "how you train new people",
    "the move to a larger building", "your work with schools", "the busy weekends",
]  # fmt: skip
LIKED = [
    "how closely your team works together", "the friendly people", "your focus on quality",
    "how much you care about training", "the quiet way you work", "your plans for the town",
]  # fmt: skip


def main() -> None:
    """Print the distribution of scores as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--model", default="builtin")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    first, last = _unseen(FIRST, "first_names"), _unseen(LAST, "surnames")
    jobs, companies = _unseen(JOBS, "job_titles"), _unseen(COMPANIES, "companies")
    engine = choose_engine(options.model)
    rows = []
    for number in range(options.count):
        profile = _profile(rng, first, last, jobs, companies)
        kind, style = rng.choice(("voicemail", "call")), rng.choice(STYLES)
        script = build_script(profile, kind=kind, style=style, seed=number)
        voice = VOICES[number % len(VOICES)]
        with tempfile.TemporaryDirectory() as folder, engine_output(shown=False):
            said = Path(folder) / "said.wav"
            speak(script.spoken.replace("\n", " "), *voice, said)
            waveform = decode(said)
            alone, _ = assess_waveform(waveform, kind=kind, engine=engine)
            helped, _ = assess_waveform(waveform, kind=kind, engine=engine, profile=profile)
        rows.append(
            {"voice": " ".join(voice), "text": script.spoken, "heard": alone.transcript.text,
             "kind": kind, "style": style, "status": alone.status,
             "score": alone.score, "score_with_profile": helped.score,
             "not_heard": [c.id for c in helped.checks if c.verdict in ("fail", "unclear")]}
        )  # fmt: skip
        print(number, {k: v for k, v in rows[-1].items() if k not in ("text", "heard")},
              file=sys.stderr)  # fmt: skip
    print(json.dumps({"without_profile": _distribution(rows, "score"),
                      "with_profile": _distribution(rows, "score_with_profile"),
                      "rows": rows}, indent=1))  # fmt: skip


def _unseen(values: list[str], name: str) -> list[str]:
    text = (WORDS / f"{name}.txt").read_text(encoding="utf-8").lower().split("\n")
    known = {line.strip() for line in text}
    return [value for value in values if value.lower().strip() not in known]


def _profile(
    rng: random.Random, first: list[str], last: list[str], jobs: list[str], companies: list[str]
) -> Profile:
    phone = f"{rng.choice((212, 312, 415, 617))}-555-01{rng.randrange(100):02d}"
    return Profile.model_validate(
        {
            "candidate": {"name": f"{rng.choice(first)} {rng.choice(last)}", "phone": phone},
            "manager": {"name": f"{rng.choice(('Mr.', 'Ms.', 'Dr.'))} {rng.choice(last)}"},
            "company": rng.choice(companies),
            "job_title": rng.choice(jobs).strip(),
            "interview": {"date": date(2026, 1, 5) + timedelta(days=rng.randrange(300))},
            "availability": rng.choice([None, "any day after two", "weekdays after three"]),
            "talking_points": [rng.choice(TALKED).strip()],
            "liked": [rng.choice(LIKED).strip()],
        }
    )


def _distribution(rows: list[dict[str, object]], key: str) -> dict[str, object]:
    scores = sorted(int(str(row[key])) for row in rows if row[key] is not None)
    if not scores:
        return {"scored": 0}
    quarter = statistics.quantiles(scores, n=4) if len(scores) > 1 else [scores[0]] * 3
    return {
        "scored": len(scores), "of": len(rows), "lowest": scores[0], "quartiles": quarter,
        "median": statistics.median(scores), "highest": scores[-1],
    }  # fmt: skip


if __name__ == "__main__":
    main()
