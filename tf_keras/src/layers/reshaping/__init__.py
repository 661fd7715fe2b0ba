"""Layers that move values and don't change them."""
