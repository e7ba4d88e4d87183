"""Recognise speech: engines, models, transcripts, the intelligibility gate."""
