"""Find in the words what a call has: the spaCy pipeline and its components."""
