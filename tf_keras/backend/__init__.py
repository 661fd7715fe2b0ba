"""Numeric functions on tensors."""

from tf_keras.src.backend.crossentropy import (
    binary_crossentropy as binary_crossentropy,
)
from tf_keras.src.backend.crossentropy import (
    binary_focal_crossentropy as binary_focal_crossentropy,
)
from tf_keras.src.backend.crossentropy import (
    categorical_crossentropy as categorical_crossentropy,
)
from tf_keras.src.backend.crossentropy import (
    categorical_focal_crossentropy as categorical_focal_crossentropy,
)
from tf_keras.src.backend.crossentropy import (
    sparse_categorical_crossentropy as sparse_categorical_crossentropy,
)
from tf_keras.src.backend.nn import batch_normalization as batch_normalization
from tf_keras.src.backend.nn import elu as elu
from tf_keras.src.backend.nn import hard_sigmoid as hard_sigmoid
from tf_keras.src.backend.nn import in_top_k as in_top_k
from tf_keras.src.backend.nn import l2_normalize as l2_normalize
from tf_keras.src.backend.nn import (
    normalize_batch_in_training as normalize_batch_in_training,
)
from tf_keras.src.backend.nn import relu as relu
from tf_keras.src.backend.nn import sigmoid as sigmoid
from tf_keras.src.backend.nn import softmax as softmax
from tf_keras.src.backend.nn import softplus as softplus
from tf_keras.src.backend.nn import softsign as softsign
from tf_keras.src.backend.nn import tanh as tanh
from tf_keras.src.backend.random import dropout as dropout
from tf_keras.src.backend.random import random_bernoulli as random_bernoulli
from tf_keras.src.backend.random import random_binomial as random_binomial
from tf_keras.src.backend.random import random_normal as random_normal
from tf_keras.src.backend.random import random_uniform as random_uniform
from tf_keras.src.backend.random import truncated_normal as truncated_normal
from tf_keras.src.backend.scopes import clear_session as clear_session
from tf_keras.src.backend.scopes import get_uid as get_uid
from tf_keras.src.backend.scopes import learning_phase as learning_phase
from tf_keras.src.backend.scopes import (
    learning_phase_scope as learning_phase_scope,
)
from tf_keras.src.backend.scopes import name_scope as name_scope
from tf_keras.src.backend.scopes import reset_uids as reset_uids
from tf_keras.src.backend.scopes import set_learning_phase as set_learning_phase
from tf_keras.src.backend.sparse_ragged import is_sparse as is_sparse
from tf_keras.src.backend.sparse_ragged import to_dense as to_dense
from tf_keras.src.backend.variables import backend as backend
from tf_keras.src.backend.variables import batch_get_value as batch_get_value
from tf_keras.src.backend.variables import batch_set_value as batch_set_value
from tf_keras.src.backend.variables import constant as constant
from tf_keras.src.backend.variables import count_params as count_params
from tf_keras.src.backend.variables import eval as eval
from tf_keras.src.backend.variables import eye as eye
from tf_keras.src.backend.variables import get_value as get_value
from tf_keras.src.backend.variables import (
    manual_variable_initialization as manual_variable_initialization,
)
from tf_keras.src.backend.variables import (
    moving_average_update as moving_average_update,
)
from tf_keras.src.backend.variables import ones as ones
from tf_keras.src.backend.variables import ones_like as ones_like
from tf_keras.src.backend.variables import (
    random_normal_variable as random_normal_variable,
)
from tf_keras.src.backend.variables import (
    random_uniform_variable as random_uniform_variable,
)
from tf_keras.src.backend.variables import set_value as set_value
from tf_keras.src.backend.variables import update as update
from tf_keras.src.backend.variables import update_add as update_add
from tf_keras.src.backend.variables import update_sub as update_sub
from tf_keras.src.backend.variables import variable as variable
from tf_keras.src.backend.variables import zeros as zeros
from tf_keras.src.backend.variables import zeros_like as zeros_like
from tf_keras.src.foundation.config import epsilon as epsilon
from tf_keras.src.foundation.config import floatx as floatx
from tf_keras.src.foundation.config import (
    image_data_format as image_data_format,
)
from tf_keras.src.foundation.config import set_epsilon as set_epsilon
from tf_keras.src.foundation.config import set_floatx as set_floatx
from tf_keras.src.foundation.config import (
    set_image_data_format as set_image_data_format,
)
