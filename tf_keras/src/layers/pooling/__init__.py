"""Layers that sum up windows of space."""
