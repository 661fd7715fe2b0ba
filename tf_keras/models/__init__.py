"""Models: graphs of layers, lists of layers, and how to save them."""

from tf_keras.models import experimental as experimental
from tf_keras.src.models.cloning import clone_model as clone_model
from tf_keras.src.models.sequential import Sequential as Sequential
from tf_keras.src.saving.api import load_model as load_model
from tf_keras.src.saving.api import save_model as save_model
from tf_keras.src.saving.model_json import (
    model_from_config as model_from_config,
)
from tf_keras.src.saving.model_json import model_from_json as model_from_json
from tf_keras.src.saving.model_yaml import model_from_yaml as model_from_yaml
from tf_keras.src.training.model import Model as Model
