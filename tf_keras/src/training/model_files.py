"""What a model shows of itself, and the files it writes and reads."""

from tf_keras.src.inspection.summary import print_summary
from tf_keras.src.saving import api as saving
from tf_keras.src.saving import model_json, pickling
from tf_keras.src.saving.export import export_model


class ModelFiles:
    """The methods of `Model` that show it, and those that save and load."""

    def summary(
        self,
        line_length=None,
        positions=None,
        print_fn=None,
        expand_nested=False,
        show_trainable=False,
        layer_range=None,
    ):
        """Prints a table of the layers.

        Args:
            line_length: Width of the table in characters.
            positions: Where columns end: shares of the width, or characters.
            print_fn: What to print each line with; `print` by default.
            expand_nested: Whether to show layers inside of models.
            show_trainable: Whether to show which layers are trained.
            layer_range: Names or patterns of the first and last layer.

        Raises:
            ValueError: If the model isn't built.
        """
        if not self.built:
            raise ValueError(
                "This model has not yet been built. Build the model first by "
                "calling `build()` or by calling the model on a batch of "
                "data."
            )
        print_summary(
            self,
            line_length=line_length,
            positions=positions,
            print_fn=print_fn,
            expand_nested=expand_nested,
            show_trainable=show_trainable,
            layer_range=layer_range,
        )

    def save(self, filepath, overwrite=True, save_format=None, **kwargs):
        """Saves architecture, weights, and how the model was compiled.

        Args:
            filepath: Where: `.keras`, `.h5` or a folder for a SavedModel.
            overwrite: Whether to replace a file without asking.
            save_format: `"keras"`, `"keras3"`, `"h5"` or `"tf"`; by the name
                otherwise.
            **kwargs: Options of the format.
        """
        saving.save_model(self, filepath, overwrite, save_format, **kwargs)

    def save_weights(
        self, filepath, overwrite=True, save_format=None, options=None
    ):
        """Saves the weights alone.

        Args:
            filepath: Where: `.weights.h5`, `.h5`, or the prefix of a
                TensorFlow checkpoint.
            overwrite: Whether to replace a file without asking.
            save_format: `"h5"` or `"tf"`; by the name otherwise.
            options: `tf.train.CheckpointOptions`, for checkpoints.
        """
        saving.save_weights(self, filepath, overwrite, save_format, options)

    def load_weights(
        self, filepath, skip_mismatch=False, by_name=False, options=None
    ):
        """Loads weights that `save_weights` or `save` wrote.

        Args:
            filepath: The file or prefix.
            skip_mismatch: Whether to leave layers that don't fit as they are.
            by_name: Whether to find layers of an `.h5` file by name.
            options: `tf.train.CheckpointOptions`, for checkpoints.

        Returns:
            For a checkpoint, its status object; else None.
        """
        return saving.load_weights(
            self, filepath, skip_mismatch, by_name, options
        )

    def export(self, filepath):
        """Writes a SavedModel for serving, with the endpoint `serve`.

        Args:
            filepath: The folder to write.
        """
        export_model(self, filepath)

    def to_json(self, **kwargs):
        """Returns the architecture as JSON, without weights.

        Args:
            **kwargs: Arguments of `json.dumps`.
        """
        return model_json.to_json(self, **kwargs)

    def to_yaml(self, **kwargs):
        """Refuses: YAML can run code when it is read. Use `to_json`.

        Raises:
            RuntimeError: Always.
        """
        raise RuntimeError(
            "`to_yaml()` is gone, since reading YAML can run code. Use "
            "`to_json()`."
        )

    def __deepcopy__(self, memo):
        memo[id(self)] = copied = pickling.copied(self, memo)
        return copied

    def __reduce__(self):
        return pickling.reduced(self)

    def __getstate__(self):
        # What belongs to this process is made again when it is needed.
        return {**super().__getstate__(), **_process_state()}


def _process_state():
    return {
        "_distribute_strategy": None,
        "_functions": {},
        "history": None,
        "predict_function": None,
        "test_function": None,
        "train_function": None,
    }
