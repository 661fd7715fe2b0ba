"""Summaries that TensorBoard reads, written without TensorBoard installed."""

import numpy as np
import tensorflow as tf

_SCALAR, _TENSOR, _BLOBS = 1, 2, 3  # SummaryMetadata.DataClass


def write_scalar(name, value, step):
    """Writes a number to the current summary writer."""
    value = np.float32(value)
    tf.summary.write(name, value, step, _metadata("scalars", _SCALAR))


def write_histogram(name, values, step, bucket_count=30):
    """Writes how an array's values are spread."""
    values = np.ravel(values).astype("float64")
    values = values[np.isfinite(values)]
    if not values.size:
        buckets = np.zeros((0, 3))
    elif values.min() == values.max():
        buckets = np.zeros((bucket_count, 3))
        buckets[:, :2] = values[0]
        buckets[-1, 2] = values.size
    else:
        counts, edges = np.histogram(values, bucket_count)
        buckets = np.stack([edges[:-1], edges[1:], counts], 1)
    metadata = _metadata("histograms", _TENSOR)
    tf.summary.write(name, buckets, step, metadata)


def write_image(name, images, step, max_images=3):
    """Writes images: `(count, height, width, channels)`, floats in [0, 1]."""
    images = np.clip(np.asarray(images) * 255.5, 0, 255).astype("uint8")
    height, width = images.shape[1:3]
    encoded = [tf.io.encode_png(image) for image in images[:max_images]]
    size = [tf.constant(str(width)), tf.constant(str(height))]
    content = tf.stack(size + encoded)
    tf.summary.write(name, content, step, _metadata("images", _BLOBS))


def write_model_graph(name, config_json, step):
    """Writes a model's JSON, which TensorBoard draws as a graph of layers."""
    metadata = _metadata("graph_keras_model", None)
    metadata.plugin_data.content = b"1"
    tf.summary.write(name, config_json, step, metadata)


def _metadata(plugin, data_class):
    metadata = tf.compat.v1.SummaryMetadata()
    metadata.plugin_data.plugin_name = plugin
    if data_class is not None:
        metadata.data_class = data_class
    return metadata
