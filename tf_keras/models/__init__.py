"""Models: graphs of layers, lists of layers, and how to save them."""

from tf_keras.src.models.cloning import clone_model as clone_model
from tf_keras.src.models.sequential import Sequential as Sequential
from tf_keras.src.training.model import Model as Model
