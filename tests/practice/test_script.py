from __future__ import annotations

import html.parser
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer import assess_text
from analyzer.errors import TranscriptError
from analyzer.practice.profile import Profile
from analyzer.practice.script import build_script, missing_facts, verified_script
from analyzer.practice.script.export import as_cue_card, as_markdown, as_text
from analyzer.practice.script.facts import address, said_date
from analyzer.practice.script.length import spoken_words
from analyzer.practice.script.like import like_draft
from analyzer.practice.script.templates import STYLES, script_templates

FIRST = (
    "Aisha Bjorn Chloe Dmitri Eun-ji Fatima Giuseppe Hassan Ingrid Jamal Keiko Liam Mbali Nadia "
    "Priya Quentin Rosa Siobhán Tomasz Viktor Wei Xiomara Yusuf Zoë Grace Will Mark"
).split()
LAST = (
    "Abara O'Brien Nguyen Kowalski Haddad Fernández Lindqvist Okafor Petrov Singh Takahashi "
    "Müller Whitfield Zhou Castellanos MacDonald Price Ndiaye Park Young"
).split()
JOBS = (
    "accountant,assistant manager,registered nurse,software engineer,line cook,warehouse associate,"
    "marketing coordinator,dental hygienist,bus driver,data analyst,electrician,paralegal,barista,"
    "third grade teacher,front desk agent,the night auditor position"
).split(",")
COMPANIES = [None, "Riverside Bakery", "Northwind", "St. Mary's Hospital", "Green & Sons", "Lumen"]
TALKED = [
    "the new delivery schedule", "the plan to open a second store", "how you train new nurses",
    "Moving the records to the cloud.", "switching to electric vans", "the backlog in billing",
    "your approach to code review", "weekend opening hours",
]  # fmt: skip
LIKED = [
    "how closely your team works together", "the calm atmosphere in the office",
    "your focus on patient care", "the way you promote from within", "your commitment to quality",
    "How much you invest in training.",
]  # fmt: skip
REACHED = [None, "any day after two", "weekdays after three", "after 5 pm", "on Fridays"]

names = st.builds("{} {}".format, st.sampled_from(FIRST), st.sampled_from(LAST))
managers = st.builds(
    "{}{}".format, st.sampled_from(["", "Mr. ", "Ms. ", "Dr. ", "Professor "]), names
)
contacts = st.sampled_from(
    [
        {"phone": "212-555-0142"}, {"phone": "(312) 555 0199"}, {"phone": "+44 1632 960123"},
        {"email": "a.reader@example.com"}, {"phone": "555-0173", "email": "me@example.org"},
    ]
)  # fmt: skip
profiles = st.builds(
    lambda name, manager, contact, company, job, day, reached, talked, liked: (
        Profile.model_validate(
            {
                "candidate": {"name": name, **contact},
                "manager": {"name": manager},
                "company": company,
                "job_title": job,
                "interview": {"date": day},
                "availability": reached,
                "talking_points": talked,
                "liked": liked,
            }
        )
    ),
    names,
    managers,
    contacts,
    st.sampled_from(COMPANIES),
    st.sampled_from(JOBS),
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    st.sampled_from(REACHED),
    st.lists(st.sampled_from(TALKED), min_size=1, max_size=2, unique=True),
    st.lists(st.sampled_from(LIKED), min_size=1, max_size=2, unique=True),
)
FULL = Profile.model_validate(
    {
        "candidate": {"name": "Emily Carter", "phone": "212-555-0142"},
        "manager": {"name": "Mr. Peter Johnson"},
        "company": "Riverside Bakery",
        "job_title": "assistant manager",
        "interview": {"date": "2026-03-03"},
        "talking_points": ["the new delivery schedule"],
        "liked": ["how closely your team works together"],
    }
)


def wrong(text, *, kind, profile=None):
    assessment = assess_text(text, kind=kind, profile=profile)
    return {c.id for c in assessment.checks if c.verdict in ("fail", "unclear")}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    profile=profiles,
    kind=st.sampled_from(["voicemail", "call"]),
    style=st.sampled_from(STYLES),
    seed=st.integers(0, 10_000),
)
def test_script_passes_every_content_check(profile, kind, style, seed):
    built = build_script(profile, kind=kind, style=style, seed=seed)
    script = verified_script(built, lambda text: assess_text(text, kind=kind, profile=profile))
    assert wrong(as_text(script), kind=kind, profile=profile) == set()
    assert script.warnings == ()
    assert script.missing == ()
    assert kind == "call" or script.seconds <= script_templates().longest_voicemail_s


@settings(max_examples=150, deadline=None)
@given(profile=profiles, style=st.sampled_from(STYLES), seed=st.integers(0, 10_000))
def test_script_fits_a_voicemail_and_is_the_same_again(profile, style, seed):
    script = build_script(profile, style=style, seed=seed)
    assert script.seconds <= script_templates().longest_voicemail_s
    assert "[" not in script.spoken
    assert "{" not in script.spoken
    assert script == build_script(profile, style=style, seed=seed)


@pytest.mark.slow
@pytest.mark.parametrize("part", script_templates().parts, ids=lambda part: part.id)
def test_script_every_variant_is_heard(part):
    """Each sentence of the data, in the middle of an otherwise fixed script."""
    base = build_script(FULL, style="formal", seed=0)
    facts = {
        "manager": "Mr. Johnson", "name": "Emily Carter", "job_title": "assistant manager",
        "company": "Riverside Bakery", "day": "Tuesday, March 3rd", "date": "March 3rd",
        "talking_point": "the new delivery schedule", "phone": "212-555-0142",
        "liked": "how closely your team works together", "email": "emily@example.com",
        "availability": "any day after two",
    }  # fmt: skip
    for texts in part.variants.values():
        for text in texts:
            said = " ".join(text.format(**facts) if p.id == part.id else p.text for p in base.parts)
            assert not wrong(said, kind="voicemail") & set(part.checks), text


def test_script_styles_and_seeds_differ():
    texts = {build_script(FULL, style=style, seed=n).spoken for style in STYLES for n in range(5)}
    assert len(texts) >= 12


def test_script_of_an_empty_profile_shows_every_blank():
    script = build_script(Profile())
    for blank in ("[your name]", "[the manager's name]", "[job title]", "[your telephone number]",
                  "[the day of the interview]", "[something you talked about]",
                  "[something you liked]"):  # fmt: skip
        assert blank in script.spoken
    assert script.missing == tuple(missing_facts(Profile()))
    assert "candidate.name" in script.missing


def test_script_too_long_for_a_voicemail_is_warned_about():
    long = FULL.model_copy(update={"talking_points": ["the plan " * 120]})
    script = build_script(long)
    assert "seconds" in script.warnings[0]


def test_script_prefers_the_shorter_fact_when_time_is_short():
    both = FULL.model_copy(update={"liked": ["the very large number of " * 30, "the people"]})
    script = build_script(both)
    assert script.seconds <= 60
    assert "the people" in script.spoken


@pytest.mark.parametrize(
    ("name", "formal", "warm"),
    [
        ("Mr. Peter Johnson", "Mr. Johnson", "Mr. Johnson"),
        ("Ms. Alvarez", "Ms. Alvarez", "Ms. Alvarez"),
        ("Peter Johnson", "Peter Johnson", "Peter"),
        ("Dr Siobhán O'Brien", "Dr O'Brien", "Dr O'Brien"),
        ("Drew Lopez", "Drew Lopez", "Drew"),
    ],
)
def test_address(name, formal, warm):
    assert address(name, style="formal") == formal
    assert address(name, style="warm") == warm


@pytest.mark.parametrize(
    ("day", "said"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (13, "13th"), (22, "22nd")]
)
def test_said_date(day, said):
    assert said_date(date(2026, 1, day)) == f"January {said}"


@pytest.mark.parametrize(
    ("text", "count"),
    [("Hello there.", 2), ("212-555-0142", 10), ("call me at (312) 555 0199", 13),
     ("a.reader@example.com", 7), ("I'm in", 2)],
)  # fmt: skip
def test_spoken_words(text, count):
    assert spoken_words(text) == count


def judge(text):
    return assess_text(text, profile=FULL)


def test_like_keeps_the_draft_and_adds_what_is_missing():
    draft = (
        "Hi Mr. Johnson, it's Emily Carter. I loved seeing the bakery at five in the morning!\n"
        "Thank you for your time. Have a nice day!"
    )
    script = verified_script(like_draft(draft, build_script(FULL), judge), judge)
    text = as_text(script)
    assert "Hi Mr. Johnson, it's Emily Carter. I loved seeing the bakery" in text
    assert "Thank you for your time." in text
    assert text.rstrip().endswith("Have a nice day!")
    assert text.count("Emily Carter") == 1
    assert "212-555-0142" in text
    assert wrong(text, kind="voicemail", profile=FULL) == set()


def test_like_adds_nothing_to_a_complete_draft():
    draft = verified_script(build_script(FULL), judge).spoken
    script = like_draft(draft, build_script(FULL, seed=5), judge)
    assert "".join(as_text(script).split()) == "".join(draft.split())


def test_like_says_what_should_not_be_in_the_draft():
    draft = "Hello Mr. Johnson. I demand an answer today or I will call every single day."
    script = like_draft(draft, build_script(FULL), judge)
    assert any(warning.startswith("Your draft: ") for warning in script.warnings)


def test_like_refuses_two_speakers():
    with pytest.raises(TranscriptError, match="two speakers"):
        like_draft("Me: Hello.\nManager: Hello, who is it?", build_script(FULL), judge)


def test_export_call_is_a_labelled_transcript():
    text = as_text(build_script(FULL, kind="call"))
    assert text.startswith("Me: ")
    assert text.count("Manager: (answers)") == 3


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text.append(data)


def test_export_cue_card_escapes_marks_blanks_and_loads_nothing():
    odd = Profile.model_validate({"candidate": {"name": "<script>alert(1)</script>"}})
    page = Page()
    page.feed(as_cue_card(build_script(odd, kind="call")))
    assert "script" not in page.tags
    assert "<script>alert(1)</script>" in "".join(page.text)
    assert page.tags.count("mark") >= 5
    assert not [a for a in page.attributes if a[0] in ("src", "href")]
    assert "".join(page.text).count("Wait for the answer.") == 3


def test_export_markdown_sets_blanks_in_bold():
    text = as_markdown(build_script(Profile()))
    assert text.startswith("# Script for a voicemail")
    assert "**[your name]**" in text
    assert "- candidate.name" in text
