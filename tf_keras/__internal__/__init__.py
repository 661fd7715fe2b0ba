"""Names that other packages of TensorFlow use."""

from tf_keras.__internal__ import backend as backend
from tf_keras.__internal__ import layers as layers
from tf_keras.__internal__ import losses as losses
from tf_keras.__internal__ import models as models
from tf_keras.__internal__ import optimizers as optimizers
from tf_keras.__internal__ import utils as utils
from tf_keras.src.core.keras_tensor import KerasTensor as KerasTensor
from tf_keras.src.core.keras_tensor import (
    RaggedKerasTensor as RaggedKerasTensor,
)
from tf_keras.src.core.keras_tensor import (
    SparseKerasTensor as SparseKerasTensor,
)
from tf_keras.src.core.symbolic_call import (
    apply_name_scope_on_model_declaration as apply_name_scope_on_model_declaration,  # noqa: E501
)
from tf_keras.src.serialization.safe_mode import (
    enable_unsafe_deserialization as enable_unsafe_deserialization,
)
