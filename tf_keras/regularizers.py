"""Penalties on weights and outputs."""

from tf_keras.src.regularizers import L1 as L1
from tf_keras.src.regularizers import L1 as l1
from tf_keras.src.regularizers import L1L2 as L1L2
from tf_keras.src.regularizers import L2 as L2
from tf_keras.src.regularizers import L2 as l2
from tf_keras.src.regularizers import (
    OrthogonalRegularizer as OrthogonalRegularizer,
)
from tf_keras.src.regularizers import (
    OrthogonalRegularizer as orthogonal_regularizer,
)
from tf_keras.src.regularizers import Regularizer as Regularizer
from tf_keras.src.regularizers import deserialize as deserialize
from tf_keras.src.regularizers import get as get
from tf_keras.src.regularizers import l1_l2 as l1_l2
from tf_keras.src.regularizers import serialize as serialize
