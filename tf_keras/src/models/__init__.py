"""Ways to make a model out of layers."""
