"""Layers that were new in TensorFlow 2, and their older names."""

from tf_keras.layers.experimental import preprocessing as preprocessing
from tf_keras.src.layers.core.einsum_dense import EinsumDense as EinsumDense
from tf_keras.src.layers.normalization.sync_batch_normalization import (
    SyncBatchNormalization as SyncBatchNormalization,
)
