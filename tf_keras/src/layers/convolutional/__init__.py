"""Layers that slide a window over space."""
