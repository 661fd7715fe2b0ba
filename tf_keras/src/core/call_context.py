"""Who is calling whom in this thread, and with which training flag."""

import contextlib
import threading

from tf_keras.src.foundation.tf_internals import answer_call_context


class CallContext(threading.local):
    """The calls of layers that are under way in one thread.

    Attributes:
        layers: The layers whose `call` runs now, outermost first.
        training: The training flag of the innermost call, or None.
        autocast_dtype: What variables read as, or None for their own dtype.
        call_number: Counts outermost calls; `collected_losses` tells by it
            which losses belong to the last one.
        saving: Whether a SavedModel is being traced.
        built: Undo records of the layers built in the outermost call.
        awaited: The `AwaitedWeights` of a file that is being read, or None.
    """

    def __init__(self):
        self.layers = []
        self.training = None
        self.autocast_dtype = None
        self.call_number = 0
        self.saving = False
        self.built = []
        self.awaited = None

    # The three names that TensorFlow asks for.

    @property
    def layer(self):
        """The innermost layer whose call is under way, or None."""
        return self.layers[-1] if self.layers else None

    @property
    def in_call(self):
        """Whether any layer's call is under way."""
        return bool(self.layers)

    @contextlib.contextmanager
    def enter(self, layer, saving=False, **ignored):
        """The block in which TensorFlow Lite traces a model.

        Args:
            layer: The model, which enters its call itself.
            saving: Whether what is traced will be saved.
            **ignored: How else older releases of Keras made a call.
        """
        before, self.saving = self.saving, saving
        try:
            yield
        finally:
            self.saving = before


context = CallContext()


def call_context():
    """Returns the call context of this thread."""
    return context


answer_call_context(call_context)
