"""Tests of posting logs."""

import json
import sys
import types
from unittest import mock

import numpy as np
import tensorflow as tf

from tf_keras.src.callbacks.remote_monitor import RemoteMonitor


class RemoteMonitorTest(tf.test.TestCase):
    def _post(self, callback, **how):
        requests = types.ModuleType("requests")
        requests.exceptions = types.SimpleNamespace(RequestException=OSError)
        requests.post = mock.Mock(**how)
        with mock.patch.dict(sys.modules, requests=requests):
            callback.on_epoch_end(3, {"loss": np.float32(1)})
        return requests.post

    def test_posts_a_form(self):
        post = self._post(RemoteMonitor("http://host", headers={"a": "b"}))
        (address,), options = post.call_args
        self.assertEqual(address, "http://host/publish/epoch/end/")
        self.assertEqual(options["headers"], {"a": "b"})
        self.assertEqual(
            json.loads(options["data"]["data"]), {"epoch": 3, "loss": 1.0}
        )

    def test_posts_json(self):
        post = self._post(RemoteMonitor(send_as_json=True))
        self.assertEqual(
            post.call_args.kwargs["json"], {"epoch": 3, "loss": 1.0}
        )

    def test_a_silent_server_is_a_warning(self):
        with self.assertLogs("tf_keras", "WARNING") as logs:
            self._post(RemoteMonitor("http://host"), side_effect=OSError)
        self.assertIn("http://host", logs.output[0])

    def test_says_what_to_install(self):
        with mock.patch.dict(sys.modules, requests=None):
            with self.assertRaisesRegex(ImportError, "pip install requests"):
                RemoteMonitor().on_epoch_end(0, {})


if __name__ == "__main__":
    tf.test.main()
