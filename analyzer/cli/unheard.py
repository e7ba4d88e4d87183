"""Say beforehand which of a profile's words the speech model does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyzer.practice.profile import Profile


def unheard_words(profile: Profile, *, model: str = "auto") -> list[str]:
    """Lines for the terminal; none where the model knows every name, company and title."""
    from analyzer.errors import ModelError
    from analyzer.speech.choose import choose_engine
    from analyzer.speech.quiet import engine_output
    from analyzer.speech.vocabulary import unknown_words

    texts = [profile.candidate.name, profile.manager.name, profile.company, profile.job_title]
    with engine_output(shown=False):
        try:
            engine = choose_engine(model)
            words = unknown_words(engine.folder, [text for text in texts if text])
        except ModelError as error:
            return [f"Whether a speech model knows these words could not be looked up: {error}"]
    if not words:
        return []
    return [
        f"Words that the speech model {engine.model_name} does not know: {', '.join(words)}.",
        "It will write down others that sound like them. Names and the company are compared by "
        "sound all the same; sounds_like in the profile can help it.",
    ]
