"""TerminateOnNaN: stops when the loss is not a number."""

import numpy as np

from tf_keras.src.callbacks.callback import Callback
from tf_keras.src.foundation.messages import print_msg


class TerminateOnNaN(Callback):
    """Stops training at the batch after which the loss is NaN or infinite."""

    def on_batch_end(self, batch, logs=None):
        """Looks at the loss."""
        loss = (logs or {}).get("loss")
        if loss is not None and not np.isfinite(loss):
            print_msg(f"Batch {batch}: Invalid loss, terminating training")
            self.model.stop_training = True
