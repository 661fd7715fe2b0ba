"""What training loops and tensors of other packages are built with."""

from tf_keras.src.core.call_inputs import (
    register_symbolic_tensor_type as register_symbolic_tensor_type,
)
from tf_keras.src.data.handler import get_data_handler as get_data_handler
