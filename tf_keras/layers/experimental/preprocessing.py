"""Layers that prepare data, at the address of older programs."""

from tf_keras.src.layers.preprocessing.adaptable import (
    PreprocessingLayer as PreprocessingLayer,
)
from tf_keras.src.layers.preprocessing.category_encoding import (
    CategoryEncoding as CategoryEncoding,
)
from tf_keras.src.layers.preprocessing.discretization import (
    Discretization as Discretization,
)
from tf_keras.src.layers.preprocessing.hashed_crossing import (
    HashedCrossing as HashedCrossing,
)
from tf_keras.src.layers.preprocessing.hashing import Hashing as Hashing
from tf_keras.src.layers.preprocessing.integer_lookup import (
    IntegerLookup as IntegerLookup,
)
from tf_keras.src.layers.preprocessing.normalization import (
    Normalization as Normalization,
)
from tf_keras.src.layers.preprocessing.random_color import (
    RandomContrast as RandomContrast,
)
from tf_keras.src.layers.preprocessing.random_crop import (
    RandomCrop as RandomCrop,
)
from tf_keras.src.layers.preprocessing.random_flip import (
    RandomFlip as RandomFlip,
)
from tf_keras.src.layers.preprocessing.random_geometry import (
    RandomHeight as RandomHeight,
)
from tf_keras.src.layers.preprocessing.random_geometry import (
    RandomRotation as RandomRotation,
)
from tf_keras.src.layers.preprocessing.random_geometry import (
    RandomTranslation as RandomTranslation,
)
from tf_keras.src.layers.preprocessing.random_geometry import (
    RandomWidth as RandomWidth,
)
from tf_keras.src.layers.preprocessing.random_geometry import (
    RandomZoom as RandomZoom,
)
from tf_keras.src.layers.preprocessing.rescaling import Rescaling as Rescaling
from tf_keras.src.layers.preprocessing.resizing import CenterCrop as CenterCrop
from tf_keras.src.layers.preprocessing.resizing import Resizing as Resizing
from tf_keras.src.layers.preprocessing.string_lookup import (
    StringLookup as StringLookup,
)
from tf_keras.src.layers.preprocessing.text_vectorization import (
    TextVectorization as TextVectorization,
)
