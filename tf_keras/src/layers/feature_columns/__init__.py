"""Layers over `tf.feature_column`: raw features to tensors."""
