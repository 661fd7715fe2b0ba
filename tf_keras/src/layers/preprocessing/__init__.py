"""Layers that turn raw data into a model's input."""
