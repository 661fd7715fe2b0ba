"""RemoteMonitor: posts logs to a server."""

import json

import numpy as np

from tf_keras.src.callbacks.callback import Callback
from tf_keras.src.foundation.messages import warn
from tf_keras.src.foundation.optional import need_package


class RemoteMonitor(Callback):
    """Posts the logs of each epoch to a server by HTTP.

    Needs the `requests` package. A server that doesn't answer is a warning,
    and training goes on.

    Args:
        root: Address of the server.
        path: Path below it.
        field: Form field that carries the JSON; unused with `send_as_json`.
        headers: Optional dict of HTTP headers.
        send_as_json: Whether the body itself is JSON.

    Raises:
        ImportError: At the first epoch's end, without `requests`.
    """

    def __init__(
        self,
        root="http://localhost:9000",
        path="/publish/epoch/end/",
        field="data",
        headers=None,
        send_as_json=False,
    ):
        super().__init__()
        self.root = root
        self.path = path
        self.field = field
        self.headers = headers
        self.send_as_json = send_as_json

    def on_epoch_end(self, epoch, logs=None):
        """Posts the epoch's logs."""
        requests = need_package("requests", "RemoteMonitor")
        values = {name: _plain(value) for name, value in (logs or {}).items()}
        values = {"epoch": epoch, **values}
        if self.send_as_json:
            body = {"json": values}
        else:
            body = {"data": {self.field: json.dumps(values)}}
        try:
            requests.post(self.root + self.path, headers=self.headers, **body)
        except requests.exceptions.RequestException:
            warn(f"RemoteMonitor could not reach the server at {self.root}.")


def _plain(value):
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    return value
