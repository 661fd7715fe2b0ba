"""The optimizers of TensorFlow 2.0 to 2.10."""

from tf_keras.src.legacy.optimizers.adadelta import Adadelta as Adadelta
from tf_keras.src.legacy.optimizers.adagrad import Adagrad as Adagrad
from tf_keras.src.legacy.optimizers.adam import Adam as Adam
from tf_keras.src.legacy.optimizers.adamax import Adamax as Adamax
from tf_keras.src.legacy.optimizers.ftrl import Ftrl as Ftrl
from tf_keras.src.legacy.optimizers.nadam import Nadam as Nadam
from tf_keras.src.legacy.optimizers.optimizer_v2 import Optimizer as Optimizer
from tf_keras.src.legacy.optimizers.rmsprop import RMSprop as RMSprop
from tf_keras.src.legacy.optimizers.sgd import SGD as SGD
