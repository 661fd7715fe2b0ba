"""Layers that most models begin with."""
