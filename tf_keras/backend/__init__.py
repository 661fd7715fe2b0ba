"""Numeric functions on tensors."""

from tf_keras.backend import experimental as experimental
from tf_keras.src.backend.control_flow import foldl as foldl
from tf_keras.src.backend.control_flow import foldr as foldr
from tf_keras.src.backend.control_flow import in_test_phase as in_test_phase
from tf_keras.src.backend.control_flow import in_train_phase as in_train_phase
from tf_keras.src.backend.control_flow import map_fn as map_fn
from tf_keras.src.backend.control_flow import print_tensor as print_tensor
from tf_keras.src.backend.control_flow import switch as switch
from tf_keras.src.backend.convolution import conv1d as conv1d
from tf_keras.src.backend.convolution import conv2d as conv2d
from tf_keras.src.backend.convolution import (
    conv2d_transpose as conv2d_transpose,
)
from tf_keras.src.backend.convolution import conv3d as conv3d
from tf_keras.src.backend.convolution import (
    depthwise_conv2d as depthwise_conv2d,
)
from tf_keras.src.backend.convolution import pool2d as pool2d
from tf_keras.src.backend.convolution import pool3d as pool3d
from tf_keras.src.backend.convolution import (
    separable_conv2d as separable_conv2d,
)
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
from tf_keras.src.backend.ctc import ctc_batch_cost as ctc_batch_cost
from tf_keras.src.backend.ctc import ctc_decode as ctc_decode
from tf_keras.src.backend.ctc import (
    ctc_label_dense_to_sparse as ctc_label_dense_to_sparse,
)
from tf_keras.src.backend.linear_algebra import batch_dot as batch_dot
from tf_keras.src.backend.linear_algebra import dot as dot
from tf_keras.src.backend.local_convolution import local_conv1d as local_conv1d
from tf_keras.src.backend.local_convolution import local_conv2d as local_conv2d
from tf_keras.src.backend.math import abs as abs
from tf_keras.src.backend.math import all as all
from tf_keras.src.backend.math import any as any
from tf_keras.src.backend.math import argmax as argmax
from tf_keras.src.backend.math import argmin as argmin
from tf_keras.src.backend.math import clip as clip
from tf_keras.src.backend.math import cos as cos
from tf_keras.src.backend.math import cumprod as cumprod
from tf_keras.src.backend.math import cumsum as cumsum
from tf_keras.src.backend.math import equal as equal
from tf_keras.src.backend.math import exp as exp
from tf_keras.src.backend.math import gradients as gradients
from tf_keras.src.backend.math import greater as greater
from tf_keras.src.backend.math import greater_equal as greater_equal
from tf_keras.src.backend.math import less as less
from tf_keras.src.backend.math import less_equal as less_equal
from tf_keras.src.backend.math import log as log
from tf_keras.src.backend.math import max as max
from tf_keras.src.backend.math import maximum as maximum
from tf_keras.src.backend.math import mean as mean
from tf_keras.src.backend.math import min as min
from tf_keras.src.backend.math import minimum as minimum
from tf_keras.src.backend.math import not_equal as not_equal
from tf_keras.src.backend.math import pow as pow
from tf_keras.src.backend.math import prod as prod
from tf_keras.src.backend.math import round as round
from tf_keras.src.backend.math import sign as sign
from tf_keras.src.backend.math import sin as sin
from tf_keras.src.backend.math import sqrt as sqrt
from tf_keras.src.backend.math import square as square
from tf_keras.src.backend.math import std as std
from tf_keras.src.backend.math import stop_gradient as stop_gradient
from tf_keras.src.backend.math import sum as sum
from tf_keras.src.backend.math import var as var
from tf_keras.src.backend.nn import batch_normalization as batch_normalization
from tf_keras.src.backend.nn import bias_add as bias_add
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
from tf_keras.src.backend.rnn import rnn as rnn
from tf_keras.src.backend.scopes import clear_session as clear_session
from tf_keras.src.backend.scopes import get_uid as get_uid
from tf_keras.src.backend.scopes import learning_phase as learning_phase
from tf_keras.src.backend.scopes import (
    learning_phase_scope as learning_phase_scope,
)
from tf_keras.src.backend.scopes import name_scope as name_scope
from tf_keras.src.backend.scopes import reset_uids as reset_uids
from tf_keras.src.backend.scopes import set_learning_phase as set_learning_phase
from tf_keras.src.backend.shapes import arange as arange
from tf_keras.src.backend.shapes import batch_flatten as batch_flatten
from tf_keras.src.backend.shapes import cast as cast
from tf_keras.src.backend.shapes import cast_to_floatx as cast_to_floatx
from tf_keras.src.backend.shapes import concatenate as concatenate
from tf_keras.src.backend.shapes import dtype as dtype
from tf_keras.src.backend.shapes import expand_dims as expand_dims
from tf_keras.src.backend.shapes import flatten as flatten
from tf_keras.src.backend.shapes import gather as gather
from tf_keras.src.backend.shapes import int_shape as int_shape
from tf_keras.src.backend.shapes import ndim as ndim
from tf_keras.src.backend.shapes import one_hot as one_hot
from tf_keras.src.backend.shapes import permute_dimensions as permute_dimensions
from tf_keras.src.backend.shapes import repeat as repeat
from tf_keras.src.backend.shapes import repeat_elements as repeat_elements
from tf_keras.src.backend.shapes import reshape as reshape
from tf_keras.src.backend.shapes import resize_images as resize_images
from tf_keras.src.backend.shapes import resize_volumes as resize_volumes
from tf_keras.src.backend.shapes import reverse as reverse
from tf_keras.src.backend.shapes import shape as shape
from tf_keras.src.backend.shapes import size as size
from tf_keras.src.backend.shapes import spatial_2d_padding as spatial_2d_padding
from tf_keras.src.backend.shapes import spatial_3d_padding as spatial_3d_padding
from tf_keras.src.backend.shapes import squeeze as squeeze
from tf_keras.src.backend.shapes import stack as stack
from tf_keras.src.backend.shapes import temporal_padding as temporal_padding
from tf_keras.src.backend.shapes import tile as tile
from tf_keras.src.backend.shapes import transpose as transpose
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
from tf_keras.src.core.placeholders import is_keras_tensor as is_keras_tensor
from tf_keras.src.core.placeholders import placeholder as placeholder
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
from tf_keras.src.models.backend_function import function as function
