"""Renderers of an assessment, one a format."""
