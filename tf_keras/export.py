"""Export: artifacts for serving, made of endpoints of your choice."""

from tf_keras.src.saving.export import ExportArchive as ExportArchive
