"""Copies of models, as estimators made them."""

from tf_keras.src.models.cloning import (
    clone_and_build_model as clone_and_build_model,
)
from tf_keras.src.models.cloning import (
    in_place_subclassed_model_state_restoration as in_place_subclassed_model_state_restoration,  # noqa: E501
)
