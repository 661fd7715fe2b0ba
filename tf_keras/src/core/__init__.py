"""Layer, and what a layer is made of."""
