"""What TensorFlow shows as `tf.compat.v1.keras`."""
