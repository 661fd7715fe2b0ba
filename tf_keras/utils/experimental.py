"""Data made on each worker of a parameter server."""

from tf_keras.src.data.dataset_creator import DatasetCreator as DatasetCreator
