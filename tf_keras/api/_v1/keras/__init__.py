"""The front door of `tf_keras` at TensorFlow's address."""

from tf_keras.api.mirror import show_front_door

show_front_door(__name__)
