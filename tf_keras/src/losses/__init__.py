"""One number for how wrong a prediction is."""
