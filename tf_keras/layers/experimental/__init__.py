"""Layers that may still change."""

from tf_keras.layers.experimental import preprocessing as preprocessing
from tf_keras.src.layers.core.einsum_dense import EinsumDense as EinsumDense
from tf_keras.src.layers.experimental.dynamic_embedding import (
    DynamicEmbedding as DynamicEmbedding,
)
from tf_keras.src.layers.experimental.dynamic_lookup import (
    DynamicLookup as DynamicLookup,
)
from tf_keras.src.layers.experimental.random_fourier_features import (
    RandomFourierFeatures as RandomFourierFeatures,
)
from tf_keras.src.layers.normalization.sync_batch_normalization import (
    SyncBatchNormalization as SyncBatchNormalization,
)
