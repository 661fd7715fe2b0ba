"""Keras for TensorFlow alone: layers, models and training.

This is the front door. It loads no TensorFlow and no face: a face such as
`tf_keras.layers` is loaded when it is first touched.
"""

import importlib
from typing import TYPE_CHECKING

from tf_keras.src.serialization import registry

if TYPE_CHECKING:
    from tf_keras import __internal__ as __internal__
    from tf_keras import activations as activations
    from tf_keras import applications as applications
    from tf_keras import backend as backend
    from tf_keras import callbacks as callbacks
    from tf_keras import constraints as constraints
    from tf_keras import datasets as datasets
    from tf_keras import dtensor as dtensor
    from tf_keras import estimator as estimator
    from tf_keras import experimental as experimental
    from tf_keras import export as export
    from tf_keras import initializers as initializers
    from tf_keras import layers as layers
    from tf_keras import losses as losses
    from tf_keras import metrics as metrics
    from tf_keras import mixed_precision as mixed_precision
    from tf_keras import models as models
    from tf_keras import optimizers as optimizers
    from tf_keras import preprocessing as preprocessing
    from tf_keras import regularizers as regularizers
    from tf_keras import saving as saving
    from tf_keras import utils as utils
    from tf_keras.layers import Input as Input
    from tf_keras.models import Model as Model
    from tf_keras.models import Sequential as Sequential

__version__ = "2.21.1"

# Every name of the front door, with the face that holds it; "" for a face.
_HOLDERS = {
    "Input": "layers",
    "Model": "models",
    "Sequential": "models",
    "__internal__": "",
    "activations": "",
    "applications": "",
    "backend": "",
    "callbacks": "",
    "constraints": "",
    "datasets": "",
    "dtensor": "",
    "estimator": "",
    "experimental": "",
    "export": "",
    "initializers": "",
    "layers": "",
    "losses": "",
    "metrics": "",
    "mixed_precision": "",
    "models": "",
    "optimizers": "",
    "preprocessing": "",
    "regularizers": "",
    "saving": "",
    "utils": "",
}

# Until they are built, `from tf_keras import *` goes without them.
_TO_COME = {"applications", "dtensor", "estimator"}

__all__ = [
    name
    for name in _HOLDERS
    if not name.startswith("_") and name not in _TO_COME
]

# Which faces publish the names of a wing, in the order in which they are asked.
registry.publish(
    {
        "activations": ("activations",),
        "applications": ("applications",),
        "backend": ("backend", "__internal__.backend"),
        "callbacks": ("callbacks", "callbacks.experimental"),
        "constraints": ("constraints",),
        "core": ("mixed_precision", "layers", "__internal__.layers", "backend"),
        "data": ("utils", "utils.experimental"),
        "datasets": ("utils", "preprocessing"),
        "distribute": ("dtensor.experimental",),
        "foundation": ("backend", "utils"),
        "initializers": ("initializers",),
        "inspection": ("utils",),
        "layers": (
            "layers",
            "layers.experimental",
            "layers.experimental.preprocessing",
            "experimental",
            "__internal__.layers",
        ),
        "legacy": (
            "optimizers.legacy",
            "preprocessing.image",
            "preprocessing.sequence",
            "preprocessing.text",
            "estimator",
        ),
        "losses": ("losses", "__internal__.losses"),
        "metrics": ("metrics", "metrics.experimental"),
        "models": (
            "",
            "models",
            "models.experimental",
            "experimental",
            "utils",
        ),
        "optimizers": (
            "optimizers",
            "optimizers.schedules",
            "mixed_precision",
        ),
        "regularizers": ("regularizers",),
        "saving": ("saving", "models", "export"),
        "serialization": ("saving", "utils.legacy"),
        "training": ("", "experimental", "utils"),
    },
    # Files name these classes, which have no face, by these addresses.
    old_addresses={
        ("tf_keras.src.engine.functional", "Functional"): (
            "tf_keras.src.models.functional",
            "Functional",
        ),
    }
    # Files hold two private classes, one for each kind of inner optimizer.
    | {
        ("tf_keras.src.mixed_precision.loss_scale_optimizer", name): (
            "tf_keras.src.optimizers.loss_scale_optimizer",
            "LossScaleOptimizer",
        )
        for name in ("LossScaleOptimizer", "LossScaleOptimizerV3")
    }
    | {
        ("tf_keras.src.engine.base_layer", name): (
            "tf_keras.src.models.add_layers",
            name,
        )
        for name in ("AddLoss", "AddMetric")
    }
    | {
        ("tf_keras.src.layers.core.tf_op_layer", name): (
            "tf_keras.src.core.op_layers",
            name,
        )
        for name in (
            "ClassMethod",
            "InstanceMethod",
            "InstanceProperty",
            "SlicingOpLambda",
            "TFOpLambda",
        )
    },
    readers=("tf_keras.src.legacy.old_files",),
    # Published releases register these as if users had.
    named_as_custom=[
        *(
            ("keras.optimizers", name)
            for name in (
                *("Adadelta", "Adafactor", "Adagrad", "Adam", "AdamW"),
                *("Adamax", "Ftrl", "Lion", "Nadam", "RMSprop", "SGD"),
            )
        ),
        ("keras.models.experimental", "SharpnessAwareMinimization"),
    ],
)

if not TYPE_CHECKING:  # A checker would believe that every name exists.

    def __getattr__(name):
        if name not in _HOLDERS:
            raise AttributeError(f"module 'tf_keras' has no attribute {name!r}")
        face = f"{__name__}.{_HOLDERS[name] or name}"
        try:
            module = importlib.import_module(face)
        except ModuleNotFoundError as error:
            if error.name != face:
                raise
            raise AttributeError(f"{face} is not built yet") from None
        found = getattr(module, name) if _HOLDERS[name] else module
        globals()[name] = found
        return found


def __dir__():
    return sorted({*globals(), *_HOLDERS})
