"""Saving: models to files and back, and names for your own classes."""

from tf_keras.src.saving.api import load_model as load_model
from tf_keras.src.saving.api import save_model as save_model
from tf_keras.src.serialization.from_config import (
    deserialize_keras_object as deserialize_keras_object,
)
from tf_keras.src.serialization.registry import (
    custom_object_scope as custom_object_scope,
)
from tf_keras.src.serialization.registry import (
    get_custom_objects as get_custom_objects,
)
from tf_keras.src.serialization.registry import (
    get_registered_name as get_registered_name,
)
from tf_keras.src.serialization.registry import (
    get_registered_object as get_registered_object,
)
from tf_keras.src.serialization.registry import (
    register_keras_serializable as register_keras_serializable,
)
from tf_keras.src.serialization.to_config import (
    serialize_keras_object as serialize_keras_object,
)
