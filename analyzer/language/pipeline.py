"""The spaCy pipeline: load the trained one, give it a pack's phrases, read transcripts.

The trained pipeline stands in ``models/language/pipeline``; its components are the
factories of ``analyzer.language.components``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from analyzer.errors import ModelError
from analyzer.language.reading import make_doc, register_extensions
from analyzer.resources import language_model_folder
from analyzer.speech.transcript import Transcript

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from analyzer.language.components.phrases import PhraseRule

COMPONENTS = ("encoder", "boundaries", "values", "phrases", "scope")
"""Components of the pipeline, in order; each is a module and a factory ``callcheck_…``."""


class Reader:
    """Reads transcripts with one pack's phrases.

    Args:
        rules: the pack's phrases.

    Raises:
        ModelError: the trained pipeline is missing or incomplete.
        PhraseError: a phrase is not in the phrase language.
    """

    def __init__(self, rules: Iterable[PhraseRule]) -> None:
        self._nlp = load_pipeline()
        finder: Any = self._nlp.get_pipe("callcheck_phrases")
        finder.use(rules)

    @property
    def version(self) -> str:
        """Name and version of the trained pipeline."""
        return f"{self._nlp.meta['name']} {self._nlp.meta['version']}"

    def read(self, transcript: Transcript) -> Doc:
        """Annotate one transcript."""
        return self._nlp(make_doc(self._nlp.vocab, transcript))

    def read_many(self, transcripts: Iterable[Transcript]) -> Iterator[Doc]:
        """Annotate many transcripts, in batches."""
        docs = (make_doc(self._nlp.vocab, transcript) for transcript in transcripts)
        yield from self._nlp.pipe(docs, batch_size=32)


def register_components() -> None:
    """Import every component so that spaCy knows its factory."""
    register_extensions()
    for name in COMPONENTS:
        import_module(f"analyzer.language.components.{name}")


def blank_pipeline() -> Language:
    """A pipeline with every component and no weights, as the recipe assembles it."""
    import spacy

    register_components()
    nlp = spacy.blank("en")
    for name in COMPONENTS:
        nlp.add_pipe(f"callcheck_{name}")
    return nlp


def load_pipeline() -> Language:
    """Load the trained pipeline; a new one each time, sharing the weights' bytes.

    Raises:
        ModelError: it is missing or incomplete.
    """
    import spacy

    register_components()
    folder = language_model_folder()
    try:
        return spacy.load(folder)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The language model cannot be loaded: {str(error).splitlines()[0]}",
            next_step="Install callcheck again; in the checkout: pip install --force-reinstall .",
        ) from error


@lru_cache(maxsize=8)
def shared_reader(rules: tuple[PhraseRule, ...]) -> Reader:
    """The reader for these phrases, loaded once a process."""
    return Reader(rules)
