"""What TensorFlow shows as `tf.keras`; it puts this folder on its own path."""
