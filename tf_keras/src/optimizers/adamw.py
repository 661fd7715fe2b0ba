"""AdamW: Adam with decoupled weight decay.

Kernels: those of Adam, after one operation for the decay.
"""

from tf_keras.src.optimizers.adam import Adam


class AdamW(Adam):
    """Adam that shrinks the weights apart from the gradients.

    Before each step of Adam: `w -= weight_decay * learning_rate * w`.

    From Loshchilov and Hutter, 2019, "Decoupled Weight Decay Regularization",
    https://arxiv.org/abs/1711.05101.

    Args:
        learning_rate: A number, a schedule, or a function that returns the
            number of now.
        weight_decay: How much of itself, times the learning rate, each
            variable loses in a step.
        beta_1: How much of the mean of gradients stays in a step.
        beta_2: How much of the mean of squares stays in a step.
        epsilon: Keeps the division finite.
        amsgrad: Whether to divide by the largest mean of squares so far.
        clipnorm: See `Optimizer`, as for all that follow.
        clipvalue: The largest absolute value in a gradient.
        global_clipnorm: The largest norm of all gradients together.
        use_ema: Whether to keep moving averages of the variables.
        ema_momentum: How much of an average stays in a step.
        ema_overwrite_frequency: After how many steps variables become their
            averages.
        jit_compile: Kept in the config.
        name: A name.
        **kwargs: `lr`, the older name of `learning_rate`.

    Raises:
        ValueError: If `weight_decay` is None.
    """

    def __init__(
        self,
        learning_rate=0.001,
        weight_decay=0.004,
        beta_1=0.9,
        beta_2=0.999,
        epsilon=1e-7,
        amsgrad=False,
        clipnorm=None,
        clipvalue=None,
        global_clipnorm=None,
        use_ema=False,
        ema_momentum=0.99,
        ema_overwrite_frequency=None,
        jit_compile=True,
        name="AdamW",
        **kwargs,
    ):
        if weight_decay is None:
            raise ValueError(
                "AdamW needs a `weight_decay`, a number. "
                "Received: weight_decay=None. Without one use Adam."
            )
        super().__init__(
            learning_rate=learning_rate,
            beta_1=beta_1,
            beta_2=beta_2,
            epsilon=epsilon,
            amsgrad=amsgrad,
            weight_decay=weight_decay,
            clipnorm=clipnorm,
            clipvalue=clipvalue,
            global_clipnorm=global_clipnorm,
            use_ema=use_ema,
            ema_momentum=ema_momentum,
            ema_overwrite_frequency=ema_overwrite_frequency,
            jit_compile=jit_compile,
            name=name,
            **kwargs,
        )
