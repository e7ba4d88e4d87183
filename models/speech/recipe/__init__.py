"""Recipe of the built-in speech model: from word lists and synthetic voices to a Vosk folder.

Run ``python -m models.speech.recipe --help`` from the repository's root; the README beside this
file says what it needs, what it does and how good the result is.
"""
