"""The catalogue of layers."""
