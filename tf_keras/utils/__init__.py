"""Helpers for data, files, names and models."""

from tf_keras.src.data.batch import (
    pack_x_y_sample_weight as pack_x_y_sample_weight,
)
from tf_keras.src.data.batch import (
    unpack_x_y_sample_weight as unpack_x_y_sample_weight,
)
from tf_keras.src.data.enqueuer import GeneratorEnqueuer as GeneratorEnqueuer
from tf_keras.src.data.enqueuer import OrderedEnqueuer as OrderedEnqueuer
from tf_keras.src.data.enqueuer import SequenceEnqueuer as SequenceEnqueuer
from tf_keras.src.data.sequence import Sequence as Sequence
from tf_keras.src.foundation.arrays import normalize as normalize
from tf_keras.src.foundation.arrays import pad_sequences as pad_sequences
from tf_keras.src.foundation.arrays import to_categorical as to_categorical
from tf_keras.src.foundation.arrays import to_ordinal as to_ordinal
from tf_keras.src.foundation.messages import (
    disable_interactive_logging as disable_interactive_logging,
)
from tf_keras.src.foundation.messages import (
    enable_interactive_logging as enable_interactive_logging,
)
from tf_keras.src.foundation.messages import (
    is_interactive_logging_enabled as is_interactive_logging_enabled,
)
from tf_keras.src.foundation.progress_bar import Progbar as Progbar
from tf_keras.src.foundation.seeds import set_random_seed as set_random_seed
from tf_keras.src.foundation.timed_thread import TimedThread as TimedThread
from tf_keras.src.layers.core.embedding_warm_start import (
    warmstart_embedding_matrix as warmstart_embedding_matrix,
)
from tf_keras.src.serialization.from_config import (
    deserialize_keras_object as deserialize_keras_object,
)
from tf_keras.src.serialization.registry import (
    custom_object_scope as CustomObjectScope,
)
from tf_keras.src.serialization.registry import (
    custom_object_scope as custom_object_scope,
)
from tf_keras.src.serialization.registry import (
    get_custom_objects as get_custom_objects,
)
from tf_keras.src.serialization.registry import (
    get_registered_name as get_registered_name,
)
from tf_keras.src.serialization.registry import (
    get_registered_object as get_registered_object,
)
from tf_keras.src.serialization.registry import (
    register_keras_serializable as register_keras_serializable,
)
from tf_keras.src.serialization.to_config import (
    serialize_keras_object as serialize_keras_object,
)
from tf_keras.src.training.sidecar_evaluator import (
    SidecarEvaluator as SidecarEvaluator,
)
from tf_keras.src.training.steps_per_execution import (
    StepsPerExecutionTuner as StepsPerExecutionTuner,
)
from tf_keras.utils import experimental as experimental
from tf_keras.utils import legacy as legacy
