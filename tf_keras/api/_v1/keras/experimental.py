"""`tf_keras.experimental` at TensorFlow's address."""

from tf_keras.api.mirror import show_face

show_face(__name__)
