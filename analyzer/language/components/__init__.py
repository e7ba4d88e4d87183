"""spaCy pipeline components, one a file, registered as factories."""
