"""Projections applied to weights after an update."""

from tf_keras.src.constraints import Constraint as Constraint
from tf_keras.src.constraints import MaxNorm as MaxNorm
from tf_keras.src.constraints import MaxNorm as max_norm
from tf_keras.src.constraints import MinMaxNorm as MinMaxNorm
from tf_keras.src.constraints import MinMaxNorm as min_max_norm
from tf_keras.src.constraints import NonNeg as NonNeg
from tf_keras.src.constraints import NonNeg as non_neg
from tf_keras.src.constraints import RadialConstraint as RadialConstraint
from tf_keras.src.constraints import RadialConstraint as radial_constraint
from tf_keras.src.constraints import UnitNorm as UnitNorm
from tf_keras.src.constraints import UnitNorm as unit_norm
from tf_keras.src.constraints import deserialize as deserialize
from tf_keras.src.constraints import get as get
from tf_keras.src.constraints import serialize as serialize
