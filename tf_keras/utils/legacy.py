"""Legacy: configs in the form that files held before 2023."""

from tf_keras.src.serialization.short_form import (
    deserialize_keras_object as deserialize_keras_object,
)
from tf_keras.src.serialization.short_form import (
    serialize_keras_object as serialize_keras_object,
)
