"""Dropout masks that are drawn once and shared by all time steps."""

import tensorflow as tf

from tf_keras.src.backend.control_flow import in_train_phase
from tf_keras.src.core.collected_losses import is_of_this_graph

_KEPT = ("_dropout_masks", "_recurrent_dropout_masks")


class SharedDropoutMasks:
    """What a recurrent cell inherits to keep one dropout mask for all steps.

    The cell has `dropout`, `recurrent_dropout` and `_random_generator`. Masks
    are drawn at the first step after a reset; `RNN` resets before each call.

    Source: Gal and Ghahramani 2016, A Theoretically Grounded Application of
    Dropout in Recurrent Neural Networks, https://arxiv.org/abs/1512.05287
    """

    def reset_dropout_mask(self):
        """Forgets the masks of the inputs, so that the next call draws."""
        self.__dict__.pop("_dropout_masks", None)

    def reset_recurrent_dropout_mask(self):
        """Forgets the masks of the states, so that the next call draws."""
        self.__dict__.pop("_recurrent_dropout_masks", None)

    def get_dropout_mask_for_cell(self, inputs, training, count=1):
        """Returns masks for the inputs of a step, or None without dropout.

        Args:
            inputs: The inputs of one step.
            training: Whether to drop; otherwise masks are ones.
            count: How many masks.
        """
        return self._masks(
            "_dropout_masks", self.dropout, inputs, training, count
        )

    def get_recurrent_dropout_mask_for_cell(self, inputs, training, count=1):
        """Returns masks for the states of a step, or None without dropout.

        Args:
            inputs: The state.
            training: Whether to drop; otherwise masks are ones.
            count: How many masks.
        """
        return self._masks(
            "_recurrent_dropout_masks",
            self.recurrent_dropout,
            inputs,
            training,
            count,
        )

    def _masks(self, name, rate, inputs, training, count):
        if rate == 0:
            return None
        masks = self.__dict__.get(name)
        if masks is None or not is_of_this_graph(masks[0]):
            masks = self._drawn(rate, inputs, training, count)
            self.__dict__[name] = masks
        return masks

    def _drawn(self, rate, inputs, training, count):
        ones = tf.ones_like(inputs)

        def draw():
            return self._random_generator.dropout(ones, rate)

        return [in_train_phase(draw, ones, training) for _ in range(count)]

    def __getstate__(self):
        state = super().__getstate__()
        # Masks may belong to a graph, which can't be copied.
        return {key: state[key] for key in state if key not in _KEPT}


def forget_masks(cell):
    """Lets a cell, and those stacked in it, draw new masks at the next step."""
    for part in (cell, *getattr(cell, "cells", ())):
        if isinstance(part, SharedDropoutMasks):
            part.reset_dropout_mask()
            part.reset_recurrent_dropout_mask()
