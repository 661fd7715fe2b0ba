"""The faces at the addresses where TensorFlow looks for them."""
