"""The optimizers, under their name of TensorFlow 2.9 and 2.10."""

from tf_keras.src.optimizers.adadelta import Adadelta as Adadelta
from tf_keras.src.optimizers.adafactor import Adafactor as Adafactor
from tf_keras.src.optimizers.adagrad import Adagrad as Adagrad
from tf_keras.src.optimizers.adam import Adam as Adam
from tf_keras.src.optimizers.adamax import Adamax as Adamax
from tf_keras.src.optimizers.adamw import AdamW as AdamW
from tf_keras.src.optimizers.ftrl import Ftrl as Ftrl
from tf_keras.src.optimizers.nadam import Nadam as Nadam
from tf_keras.src.optimizers.optimizer import Optimizer as Optimizer
from tf_keras.src.optimizers.rmsprop import RMSprop as RMSprop
from tf_keras.src.optimizers.sgd import SGD as SGD
