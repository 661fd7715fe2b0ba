"""Functions that a layer applies to its output."""

from tf_keras.src.activations import deserialize as deserialize
from tf_keras.src.activations import elu as elu
from tf_keras.src.activations import exponential as exponential
from tf_keras.src.activations import gelu as gelu
from tf_keras.src.activations import get as get
from tf_keras.src.activations import hard_sigmoid as hard_sigmoid
from tf_keras.src.activations import linear as linear
from tf_keras.src.activations import mish as mish
from tf_keras.src.activations import relu as relu
from tf_keras.src.activations import selu as selu
from tf_keras.src.activations import serialize as serialize
from tf_keras.src.activations import sigmoid as sigmoid
from tf_keras.src.activations import softmax as softmax
from tf_keras.src.activations import softplus as softplus
from tf_keras.src.activations import softsign as softsign
from tf_keras.src.activations import swish as swish
from tf_keras.src.activations import tanh as tanh
