"""AddLoss and AddMetric: keep numbers of a graph that no output shows."""

from tf_keras.src.core.layer import Layer


class AddLoss(Layer):
    """Adds its input to the model's losses and returns it.

    Args:
        unconditional: Kept for configs of earlier releases; has no effect.
        **kwargs: Arguments of `Layer`.
    """

    def __init__(self, unconditional=False, **kwargs):
        kwargs["autocast"] = False
        super().__init__(**kwargs)
        self.unconditional = unconditional

    def call(self, inputs):
        """Adds the loss."""
        self.add_loss(inputs)
        return inputs


class AddMetric(Layer):
    """Averages its input under a name and returns it.

    Args:
        aggregation: Kept for configs of earlier releases; has no effect.
        metric_name: The name in logs.
        **kwargs: Arguments of `Layer`.
    """

    def __init__(self, aggregation=None, metric_name=None, **kwargs):
        super().__init__(**kwargs)
        self.aggregation = aggregation
        self.metric_name = metric_name

    def call(self, inputs):
        """Updates the mean."""
        self.add_metric(inputs, name=self.metric_name)
        return inputs
