"""Layers that step through time, and layers around layers."""
