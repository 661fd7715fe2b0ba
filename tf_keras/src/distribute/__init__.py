"""The questions we put to tf.distribute and DTensor."""
