"""Command line of the recipe: ``python -m models.speech.recipe build|evaluate|describe|calls``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import soundfile  # type: ignore[import-untyped]

from . import evaluation, features, language_model, sentences, synthesis, voices
from .sources import Sources
from .texts import sayable, spoken

SETS: Final[tuple[tuple[str, str, int, int, int], ...]] = (
    ("flite-a", "flite", 3200, 1, 2),
    ("flite-b", "flite", 2800, 2, 1),
    ("flite-c", "flite", 2800, 3, 1),
    ("festival-a", "festival", 400, 1, 1),
    ("festival-b", "festival", 900, 2, 1),
    ("diphone-a", "diphone", 2400, 1, 1),
    ("diphone-b", "diphone", 2400, 2, 1),
    ("crossed-a", "crossed", 3600, 1, 1),
    ("espeak-a", "espeak", 4000, 1, 1),
    ("espeak-b", "espeak", 4000, 2, 1),
)
"""Training speech: set name, engine, texts, seed, augmented copies."""
NO_SPEECH: Final = 700
STEPS: Final = 16_000
GRAMMAR_LINES: Final = 40_000
CORPUS_WEIGHT: Final = 6


def make_speech(sources: Sources) -> None:
    """Render every training set that is not there yet."""
    for name, engine, count, seed, _ in SETS:
        folder = sources.work / "speech" / name
        if not (folder / "index.jsonl").exists():
            texts = sentences.training_texts(
                count, name, sources.words, sources.grammar, sources.train_lines, sources.general
            )
            made = synthesis.write_set(voices.training_requests(texts, engine, seed), folder)
            print(f"{name}: {made} utterances", flush=True)


def make_features(sources: Sources) -> None:
    """Augment every rendered set into shards that are not there yet."""
    folder = sources.work / "features"
    folder.mkdir(exist_ok=True)
    if not (folder / "no-speech.npz").exists():
        features.write_no_speech(folder / "no-speech.npz", NO_SPEECH, seed=7)
    for name, _, _, _, copies in SETS:
        for copy in range(copies):
            target = folder / f"{name}-{copy}.npz"
            if not target.exists():
                count = features.write_features(sources.work / "speech" / name, target, copy)
                print(f"{target.name}: {count * features.FRAME_SHIFT / 3600:.1f} h", flush=True)


def train(sources: Sources, steps: int) -> None:
    """Train the network on all shards, unless it is there."""
    from .network import Shape
    from .training import Plan, Shards, Trainer

    if not (sources.work / "network.pt").exists():
        shards = Shards(sorted((sources.work / "features").glob("*.npz")))
        Trainer(shards, Shape(), Plan(steps=steps), sources.work).run()


def make_graph(sources: Sources, folder: Path) -> None:
    """Build the language model and write the decoding graph into a folder."""
    # Not at the top: kaldifst and vosk each bring OpenFst, and hang in one process.
    from . import graph

    lexicon = sources.lexicon
    lines = sentences.language_model_texts(
        GRAMMAR_LINES, "language model", sources.grammar, sources.train_lines, CORPUS_WEIGHT
    )
    model = language_model.build(sorted(lexicon), lines, sources.general, language_model.Mixture())
    states, arcs = graph.build_graph(folder, lexicon, model, graph.Costs())
    print(f"graph: {states} states, {arcs} arcs", flush=True)


def test_texts(paths: Sequence[Path]) -> list[str]:
    """Read texts to say: lines of ``.txt`` files, the ``text`` of each line of ``.jsonl`` files."""
    texts = []
    for path in paths:
        lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
        if path.suffix == ".jsonl":
            lines = [json.loads(line)["text"] for line in lines]
        texts += [sayable(line) for line in lines if not line.startswith("#")]
    return texts


def evaluate(
    model: Path, texts: Sequence[str], real: Path | None, conditions: Sequence[str]
) -> dict[str, Any]:
    """Measure a model folder and return the figures; prints one line a voice and condition."""
    recogniser = evaluation.Recogniser(model)
    report: dict[str, Any] = {"load_seconds": round(recogniser.load_seconds, 3), "voices": {}}
    for voice in evaluation.VOICES:
        said = list(synthesis.renderings(evaluation.requests(texts, voice)))
        speech = [(item.request.text, item.samples) for item in said]
        rows = report["voices"][voice] = {}
        for condition in conditions:
            score = evaluation.measure(recogniser, speech, condition)
            rows[condition] = score.row()
            print(f"{voice:20} {condition:12} {score.rate:7.1%} of {score.words} words"
                  f"  rtf {score.busy / score.seconds:.3f}", flush=True)  # fmt: skip
    report["quiet"] = evaluation.quiet(recogniser)
    print("words on speechless sounds:", {k: v for k, v in report["quiet"].items() if v} or "none")
    if real:
        score = evaluation.real_speech(recogniser, real)
        report["real"] = score.row()
        print(f"human speech {score.rate:.1%} of {score.words} words")
    report["peak_memory_mb"] = round(evaluation.peak_memory())
    for name, group in (("target", evaluation.TARGET_VOICES), ("new", evaluation.NEW_VOICES)):
        for condition in conditions:
            rates = [report["voices"][voice][condition]["wer"] for voice in group]
            report[f"{name} {condition}"] = round(sum(rates) / len(rates), 4)
            print(f"mean, {name} voices, {condition}: {report[f'{name} {condition}']:.1%}")
    return report


def write_calls(texts: Sequence[str], folder: Path, count: int) -> None:
    """Write `count` calls in voices old and new, clean and over lines, with a reference index."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(23)
    names = list(evaluation.VOICES)
    ways = list(evaluation.CONDITIONS)
    with (folder / "index.jsonl").open("w", encoding="utf-8") as index:
        for number in range(count):
            voice, way = names[number % len(names)], ways[(number // len(names)) % len(ways)]
            text = texts[number % len(texts)]
            request = evaluation.requests([text] * (number + 1), voice)[-1]
            for item in synthesis.renderings([request]):
                wave = evaluation.CONDITIONS[way](item.samples, rng)
                name = f"call-{number:03d}.wav"
                pcm = np.clip(np.round(wave * 32767), -32768, 32767).astype(np.int16)
                soundfile.write(folder / name, pcm, voices.SAMPLE_RATE)
                entry = {"file": name, "text": spoken(text), "voice": voice, "condition": way,
                         "trained_on": voice not in evaluation.NEW_VOICES}  # fmt: skip
                index.write(json.dumps(entry) + "\n")


def main() -> None:
    """Run one command."""
    parser = argparse.ArgumentParser(prog="python -m models.speech.recipe", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="make the model from nothing")
    build.add_argument("--data", type=Path, required=True, help="folder with names/ and onet/")
    build.add_argument("--corpus", type=Path, required=True, help="the project's call sentences")
    build.add_argument("--work", type=Path, required=True, help="working folder (about 4 GB)")
    build.add_argument("--output", type=Path, required=True, help="model folder to write")
    build.add_argument("--steps", type=int, default=STEPS, help="training steps")
    test = commands.add_parser("evaluate", help="measure a model folder")
    test.add_argument("--model", type=Path, required=True)
    test.add_argument("--texts", type=Path, nargs="+", required=True, help=".txt or .jsonl files")
    test.add_argument("--real", type=Path, help="folder of recordings with manifest.jsonl")
    test.add_argument("--conditions", nargs="+", default=list(evaluation.CONDITIONS))
    test.add_argument("--report", type=Path, help="JSON file to write")
    describe = commands.add_parser("describe", help="write model.json from an evaluation report")
    describe.add_argument("--model", type=Path, required=True)
    describe.add_argument("--report", type=Path, required=True)
    describe.add_argument("--version", required=True)
    describe.add_argument("--date", required=True, help="YYYY-MM-DD")
    calls = commands.add_parser("calls", help="write synthetic calls with references")
    calls.add_argument("--texts", type=Path, nargs="+", required=True)
    calls.add_argument("--output", type=Path, required=True)
    calls.add_argument("--count", type=int, default=150)
    options = parser.parse_args()
    if options.command == "build":
        options.work.mkdir(parents=True, exist_ok=True)
        sources = Sources(options.data, options.corpus, options.work)
        make_speech(sources)
        make_features(sources)
        train(sources, options.steps)
        make_graph(sources, options.work / "graph")
        from . import export

        export.write_model(options.work / "network.pt", options.work / "graph", options.output)
    elif options.command == "evaluate":
        report = evaluate(
            options.model, test_texts(options.texts), options.real, options.conditions
        )
        if options.report:
            options.report.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    elif options.command == "describe":
        from . import export

        report = json.loads(options.report.read_text("utf-8"))
        export.describe(options.model, options.version, options.date, report)
    else:
        write_calls(test_texts(options.texts), options.output, options.count)


if __name__ == "__main__":
    main()
