"""Names and configs to losses, and back."""

from tf_keras.src.losses import (
    crossentropy,
    hinge,
    loss,
    regression,
    similarity,
)
from tf_keras.src.serialization.resolve import Family

_CLASSES = (
    loss.Loss,
    loss.LossFunctionWrapper,
    regression.MeanSquaredError,
    regression.MeanAbsoluteError,
    regression.MeanAbsolutePercentageError,
    regression.MeanSquaredLogarithmicError,
    regression.Huber,
    regression.LogCosh,
    crossentropy.BinaryCrossentropy,
    crossentropy.BinaryFocalCrossentropy,
    crossentropy.CategoricalCrossentropy,
    crossentropy.CategoricalFocalCrossentropy,
    crossentropy.SparseCategoricalCrossentropy,
    hinge.Hinge,
    hinge.SquaredHinge,
    hinge.CategoricalHinge,
    similarity.CosineSimilarity,
    similarity.KLDivergence,
    similarity.Poisson,
)
_FUNCTIONS = {
    regression.mean_squared_error: ("mse", "MSE"),
    regression.mean_absolute_error: ("mae", "MAE"),
    regression.mean_absolute_percentage_error: ("mape", "MAPE"),
    regression.mean_squared_logarithmic_error: ("msle", "MSLE"),
    regression.huber: ("huber_loss",),
    regression.log_cosh: ("logcosh",),
    crossentropy.binary_crossentropy: ("bce", "BCE"),
    crossentropy.binary_focal_crossentropy: (),
    crossentropy.categorical_crossentropy: (),
    crossentropy.categorical_focal_crossentropy: (),
    crossentropy.sparse_categorical_crossentropy: (),
    hinge.hinge: (),
    hinge.squared_hinge: (),
    hinge.categorical_hinge: (),
    # The second is the name of Keras 2.0.
    similarity.cosine_similarity: ("cosine_proximity",),
    similarity.kl_divergence: ("kld", "KLD", "kullback_leibler_divergence"),
    similarity.poisson: (),
}

_names = {cls.__name__: cls for cls in _CLASSES}
for _function, _aliases in _FUNCTIONS.items():
    _names.update(dict.fromkeys((_function.__name__, *_aliases), _function))

_family = Family("loss function", _names, base=loss.Loss)


def find(name):
    """Returns the loss class or function of a name; makes nothing.

    Raises:
        ValueError: If there is none; the message offers the nearest.
    """
    return _family.find(name)


def get(identifier):
    """Returns the loss that `identifier` means.

    Args:
        identifier: A name such as `"mse"` or `"MeanSquaredError"`, a config,
            a class, a loss, a function, or None.

    Returns:
        A function, for the name of one; else a `Loss`, or None for None.

    Raises:
        ValueError: For an unknown name, or what can't be a loss.
    """
    return _family.get(identifier)


def serialize(loss, use_legacy_format=False):
    """Returns the config of a loss or function.

    Args:
        loss: A `Loss`, a function, or None.
        use_legacy_format: Whether to return the short form of old files.
    """
    return _family.serialize(loss, use_legacy_format)


def deserialize(name, custom_objects=None, use_legacy_format=False):
    """Returns the loss that a name or config means.

    Args:
        name: A name, or what `serialize` returned.
        custom_objects: A dict from names to the user's own losses.
        use_legacy_format: Whether a config is in the short form.
    """
    return _family.deserialize(name, custom_objects, use_legacy_format)
