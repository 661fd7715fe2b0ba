"""Layers that may still change."""
