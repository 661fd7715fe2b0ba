"""What is measured, and the bars that each row has to stay under.

A bar is the largest ratio of our time to another contender's: to that of the
published wheel, and to that of the same work written by hand. None: no bar.
"""

from typing import NamedTuple


class Row(NamedTuple):
    """A row of the table.

    Attributes:
        name: Its name, that of the function which prepares it.
        published: The bar against the published wheel.
        raw: The bar against TensorFlow alone.
        unit: What is compared: "cpu" seconds of the process; "wall" for
            single calls, in which the published wheel mostly waits; or what
            the row itself returns: "s", "KB" or "modules".
        most: The most that ours may be, in the unit, whatever others are.
        rounds: The most rounds, of rows that take long.
        tolerance: How far results of contenders may differ, None for freely.
        by_least: Whether the least times are compared: one operation takes
            half or twice its time in a process, as its threads fall.
    """

    name: str
    published: float | None = None
    raw: float | None = None
    unit: str = "cpu"
    most: float | None = None
    rounds: int = 99
    tolerance: float | None = None
    by_least: bool = False


_TRAINING = [
    Row("fit_arrays", 0.2, 1.5, tolerance=0.3),
    Row("fit_arrays_with_metrics", 0.2, 2, tolerance=0.3),
    Row("fit_eight_outputs", 0.25, 1.5, tolerance=0.3),
    Row("fit_own_train_step", 0.25, 2),
    Row("fit_dataset", 0.4, 1.5, tolerance=0.3),
    Row("fit_generator", 0.4, 2, tolerance=0.3),
    Row("fit_with_batch_callback", 0.6, 2),
    Row("fit_jit_compile", 0.12, 1.5, tolerance=0.3),
    Row("fit_short_epochs", 0.2, 1.5, tolerance=0.3),
    Row("train_on_batch", 0.06, 1.5, "wall"),
    Row("test_on_batch", 0.06, 1.5, "wall", tolerance=1e-4),
    Row("predict_on_batch", 0.06, 1.5, "wall", tolerance=1e-4),
    Row("predict_one", 0.01, 2, "wall", tolerance=1e-4),
    Row("evaluate_one", 0.01, 2, "wall", tolerance=1e-4),
    Row("predict_many", 0.1, 2, tolerance=1e-4),
    Row("evaluate_many", 0.1, 2, tolerance=1e-4),
    Row("own_tape_loop", 0.6, 1.3, tolerance=0.3),
    Row("train_convolution", 0.9, 1.1, tolerance=0.3, rounds=6),
    Row("train_transformer", 0.9, 1.1, tolerance=0.3, rounds=6),
    Row("train_lstm", 0.6, 1.2, tolerance=0.3, rounds=6),
    Row("train_gru", 0.7, 1.2, tolerance=0.3, rounds=6),
]
_CALLS = [
    Row(f"call_{name}", bar, 1.5, tolerance=1e-4)
    for name, bar in (
        ("model", 0.5),
        ("dense", 0.5),
        ("conv", 0.5),
        ("batch_norm", 0.5),
        ("embedding", 0.5),
        ("layer_norm", 0.5),
        ("lstm", 0.05),
        ("lstm_short", None),
    )
]
_BUILDING = [
    Row("construct_resnet50", 0.35, 2.5, rounds=5),
    Row("construct_transformer", 0.35, 2.5, rounds=5),
    Row("first_step_resnet50", 0.45, 1.3, rounds=3),
    Row("first_step_transformer", 0.45, 1.3, rounds=3),
    Row("import_seconds", 0.15, None, "s", rounds=5),
    Row("import_modules", None, None, "modules", most=40, rounds=1),
    Row("import_memory", None, None, "KB", most=3072, rounds=3),
]
_FILES = [
    Row(f"load_{form}", bar, 2, rounds=4)
    for form, bar in (("keras", 0.1), ("weights", 0.6), ("savedmodel", 0.5))
] + [
    Row(f"save_{form}", bar, 1.5, rounds=4)
    for form, bar in (
        ("keras", 1.0),
        ("h5", 1.0),
        ("checkpoint", 1.0),
        ("savedmodel", 0.6),
    )
]
_ADAPTING = [
    Row("adapt_normalization", 0.03, 2, tolerance=1e-4),
    Row("adapt_string_lookup", 0.03, 2, rounds=4),
    Row("adapt_text_vectorization", 0.1, 2, rounds=4),
]
_MEMORY = [
    # What a process grows by in any case is some MB, whoever runs.
    Row("memory_of_10000_steps", None, None, "KB", most=4096, rounds=1),
    Row("memory_of_2000_predicts", None, None, "KB", most=4096, rounds=1),
    Row("memory_of_200_models", None, None, "KB", most=4096, rounds=1),
]

_OPTIMIZERS = (
    "Adadelta Adafactor Adagrad Adam AdamW Adamax Ftrl Lion Nadam RMSprop SGD"
).split()
_OLD = set(_OPTIMIZERS) - {"Adafactor", "AdamW", "Lion"}
_STEP_BARS = {"small": 0.4, "sparse": None, "large": 0.55}
# From the name of a row to the kind of variables, the face, the class.
STEPS = {
    "_".join(filter(None, ("step", kind, face, name))): (kind, face, name)
    for kind in _STEP_BARS
    for face, names in (("", _OPTIMIZERS), ("legacy", sorted(_OLD)))
    for name in names
}
_STEPS = [
    Row(
        row,
        0.3
        if (kind, name) == ("sparse", "Adam") and not face
        # The legacy optimizers of the published wheel are fused as well.
        else 1.05
        if face or kind == "sparse"
        else _STEP_BARS[kind],
        1.2,
        # In graphs the published Nadam differs from itself run eagerly, and
        # with one variable ends in infinities.
        tolerance=None if (face, name) == ("", "Nadam") else 1e-4,
    )
    for row, (kind, face, name) in STEPS.items()
]

FAMILIES = (
    "dense einsum_dense embedding activation conv1d conv2d conv3d "
    "conv2d_transpose depthwise_conv2d separable_conv2d locally_connected1d "
    "max_pooling2d average_pooling2d global_average_pooling2d simple_rnn gru "
    "lstm conv_lstm2d rnn_of_cells bidirectional time_distributed attention "
    "additive_attention multi_head_attention batch_normalization "
    "layer_normalization group_normalization unit_normalization "
    "spectral_normalization add concatenate dot reshape permute "
    "zero_padding2d up_sampling2d cropping2d prelu softmax dropout "
    "gaussian_noise normalization rescaling resizing random_flip "
    "random_rotation category_encoding discretization hashing string_lookup "
    "text_vectorization"
).split()
_LAYERS = [
    Row(f"layer_{family}_{direction}_{mode}", 1.05, by_least=True)
    for family in FAMILIES
    for direction in ("forward", "backward")
    for mode in ("eager", "traced")
]

ROWS = (
    _TRAINING
    + _CALLS
    + _BUILDING
    + _FILES
    + _ADAPTING
    + _MEMORY
    + _STEPS
    + _LAYERS
)
