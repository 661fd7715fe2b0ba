"""Layers that run a cell over time, and layers around layers."""
