"""Variables of old graphs."""

from tf_keras.src.backend.variables import (
    initialize_variables as initialize_variables,
)
from tf_keras.src.backend.variables import track_variable as track_variable
