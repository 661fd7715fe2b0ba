"""Optimizers: gradients in, variables updated."""

from tf_keras.optimizers import experimental as experimental
from tf_keras.optimizers import legacy as legacy
from tf_keras.optimizers import schedules as schedules
from tf_keras.src.optimizers.adadelta import Adadelta as Adadelta
from tf_keras.src.optimizers.adafactor import Adafactor as Adafactor
from tf_keras.src.optimizers.adagrad import Adagrad as Adagrad
from tf_keras.src.optimizers.adam import Adam as Adam
from tf_keras.src.optimizers.adamax import Adamax as Adamax
from tf_keras.src.optimizers.adamw import AdamW as AdamW
from tf_keras.src.optimizers.ftrl import Ftrl as Ftrl
from tf_keras.src.optimizers.lion import Lion as Lion
from tf_keras.src.optimizers.nadam import Nadam as Nadam
from tf_keras.src.optimizers.optimizer import Optimizer as Optimizer
from tf_keras.src.optimizers.resolve import deserialize as deserialize
from tf_keras.src.optimizers.resolve import get as get
from tf_keras.src.optimizers.resolve import serialize as serialize
from tf_keras.src.optimizers.rmsprop import RMSprop as RMSprop
from tf_keras.src.optimizers.sgd import SGD as SGD
