"""SavedModel: whole models as TensorFlow's own folders, written and read."""
