"""Callbacks: what happens at the moments of training."""

from tf_keras.callbacks import experimental as experimental
from tf_keras.src.callbacks.backup_and_restore import (
    BackupAndRestore as BackupAndRestore,
)
from tf_keras.src.callbacks.base_logger import BaseLogger as BaseLogger
from tf_keras.src.callbacks.callback import Callback as Callback
from tf_keras.src.callbacks.callback_list import CallbackList as CallbackList
from tf_keras.src.callbacks.csv_logger import CSVLogger as CSVLogger
from tf_keras.src.callbacks.early_stopping import EarlyStopping as EarlyStopping
from tf_keras.src.callbacks.history import History as History
from tf_keras.src.callbacks.lambda_callback import (
    LambdaCallback as LambdaCallback,
)
from tf_keras.src.callbacks.learning_rate_scheduler import (
    LearningRateScheduler as LearningRateScheduler,
)
from tf_keras.src.callbacks.model_checkpoint import (
    ModelCheckpoint as ModelCheckpoint,
)
from tf_keras.src.callbacks.progbar_logger import ProgbarLogger as ProgbarLogger
from tf_keras.src.callbacks.reduce_lr_on_plateau import (
    ReduceLROnPlateau as ReduceLROnPlateau,
)
from tf_keras.src.callbacks.remote_monitor import RemoteMonitor as RemoteMonitor
from tf_keras.src.callbacks.sidecar_export import (
    SidecarEvaluatorModelExport as SidecarEvaluatorModelExport,
)
from tf_keras.src.callbacks.swap_ema_weights import (
    SwapEMAWeights as SwapEMAWeights,
)
from tf_keras.src.callbacks.tensorboard import TensorBoard as TensorBoard
from tf_keras.src.callbacks.terminate_on_nan import (
    TerminateOnNaN as TerminateOnNaN,
)
