"""FeaturesLayer: what layers over feature columns share."""

import tensorflow as tf

from tf_keras.src.core.layer import Layer
from tf_keras.src.foundation import tf_internals


class FeaturesLayer(Layer):
    """Keeps feature columns, sorted by name, and the variables they make.

    A subclass names the columns it takes in `expected_columns`, and calls
    `dense_tensors`.
    """

    expected_columns = None

    def __init__(self, feature_columns, trainable=True, name=None, **kwargs):
        partitioner = kwargs.pop("partitioner", None)
        super().__init__(name=name, trainable=trainable, **kwargs)
        self.partitioner = partitioner
        columns = self._checked(feature_columns)
        # Plain state: columns are no layers, and named tuples at that.
        self.__dict__["_columns"] = sorted(columns, key=lambda x: x.name)
        self.__dict__["_given_columns"] = columns
        self._state_manager = ColumnState(self)

    def _checked(self, columns):
        if isinstance(columns, dict):
            raise ValueError(
                "Expected feature_columns to be iterable, found dict."
            )
        is_one = isinstance(columns, tf_internals.FeatureColumn)
        columns = [columns] if is_one else list(columns)
        if not columns:
            raise ValueError("feature_columns must not be empty.")
        seen = {}
        for column in columns:
            if not isinstance(column, tf_internals.FeatureColumn):
                raise ValueError(
                    "Items of feature_columns must be a FeatureColumn. Given "
                    f"(type {type(column)}): {column}."
                )
            if not isinstance(column, self.expected_columns):
                raise ValueError(
                    f"{type(self).__name__} needs columns that are a "
                    f"{self.expected_columns.__name__}. You can wrap a "
                    "categorical column with an `embedding_column` or an "
                    f"`indicator_column`. Given: {column}."
                )
            if column.name in seen:
                raise ValueError(
                    "Duplicate feature column name found for columns: "
                    f"{seen[column.name]} and {column}. Drop one of them, or "
                    "give the feature a second name."
                )
            seen[column.name] = column
        return columns

    def build(self, _):
        for column in self._columns:
            with tf.name_scope(column.name):
                column.create_state(self._state_manager)
        super().build(None)

    def dense_tensors(self, features, method, target_shape):
        """Yields each column, what its method gave, and that reshaped.

        Args:
            features: A dict of tensors.
            method: Name of the columns' method.
            target_shape: A function from the rank-one size of a column and
                the column's tensor to the shape wanted.
        """
        if not isinstance(features, dict):
            raise ValueError(
                "We expected a dictionary here. Instead we got: "
                f"{features}. Pass a dict from features' names to tensors."
            )
        cache = tf_internals.FeatureTransformationCache(features)
        for column in self._columns:
            found = getattr(column, method)(cache, self._state_manager)
            tensor = found[0] if isinstance(found, tuple) else found
            size = column.variable_shape.num_elements()
            tensor = tf.reshape(tensor, target_shape(tensor, size))
            yield column, found, tf.cast(tensor, self.compute_dtype)

    def feature_count(self):
        """How many numbers all columns make."""
        return sum(x.variable_shape.num_elements() for x in self._columns)

    def get_config(self):
        config = super().get_config()
        config["feature_columns"] = [
            tf_internals.serialize_feature_column(x)
            for x in self._given_columns
        ]
        config["partitioner"] = self.partitioner
        return config

    @classmethod
    def from_config(cls, config, custom_objects=None):
        """Makes the layer from what `get_config` returned.

        Args:
            config: A dict.
            custom_objects: Classes of columns and functions, by name.
        """
        made = {}
        columns = [
            tf_internals.deserialize_feature_column(x, custom_objects, made)
            for x in config["feature_columns"]
        ]
        return cls(**{**config, "feature_columns": columns})


class ColumnState(tf_internals.StateManager):
    """Makes and finds the variables that columns ask for.

    Args:
        layer: The layer that owns the variables.
    """

    def __init__(self, layer):
        self._layer = layer
        self._variables, self._resources = {}, {}

    def create_variable(
        self,
        feature_column,
        name,
        shape,
        dtype=None,
        trainable=True,
        use_resource=True,
        initializer=None,
    ):
        """Makes a weight of the layer.

        Args:
            feature_column: Who asks.
            name: The weight's name, of which a column has one.
            shape: Its shape.
            dtype: Its dtype; the layer's by default.
            trainable: Whether optimizers may change it.
            use_resource: Ignored: every variable is a resource.
            initializer: Its first values.
        """
        if (feature_column, name) in self._variables:
            raise ValueError(f"Variable {name!r} exists already.")
        variable = self._layer.add_weight(
            name,
            shape,
            dtype=dtype,
            initializer=initializer,
            trainable=self._layer.trainable and trainable,
        )
        self._variables[feature_column, name] = variable
        return variable

    def get_variable(self, feature_column, name):
        """Returns the weight that a column made."""
        return self._variables[feature_column, name]

    def add_resource(self, feature_column, name, resource):
        """Keeps a table or another resource of a column."""
        self._resources[feature_column, name] = resource

    def get_resource(self, feature_column, name):
        """Returns the resource that a column made."""
        return self._resources[feature_column, name]

    def has_resource(self, feature_column, name):
        """Whether a column made such a resource."""
        return (feature_column, name) in self._resources
