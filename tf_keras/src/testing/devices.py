"""Several devices on one machine."""

import unittest

import tensorflow as tf


def two_cpus():
    """Makes TensorFlow show two CPUs; to be called before its first use.

    Raises:
        unittest.SkipTest: If another file's test started TensorFlow with one.
    """
    if not tf.config.get_logical_device_configuration(
        tf.config.list_physical_devices("CPU")[0]
    ):
        _split_cpu()
    if len(tf.config.list_logical_devices("CPU")) < 2:
        raise unittest.SkipTest(
            "TensorFlow runs with one CPU already. Run this file alone."
        )


def _split_cpu():
    try:
        tf.config.set_logical_device_configuration(
            tf.config.list_physical_devices("CPU")[0],
            [tf.config.LogicalDeviceConfiguration()] * 2,
        )
    except RuntimeError:  # It runs already, with one.
        return
