"""Layers that keep a model from learning by heart."""
