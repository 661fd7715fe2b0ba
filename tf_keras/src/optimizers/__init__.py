"""Gradients in, variables updated."""
