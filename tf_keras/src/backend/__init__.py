"""Numeric functions on tensors."""
