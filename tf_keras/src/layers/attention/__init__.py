"""Layers that look at parts of a sequence."""
