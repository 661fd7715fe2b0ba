"""Layers whose state sums up batches."""
