"""The optimizers of TensorFlow 2.0 to 2.10."""
