"""Callbacks that may still change."""

from tf_keras.src.callbacks.backup_and_restore import (
    BackupAndRestoreExperimental as BackupAndRestore,
)
from tf_keras.src.callbacks.update_embedding import (
    UpdateEmbeddingCallback as UpdateEmbeddingCallback,
)
