"""The release of Keras whose files ours are."""

# Readers of files, published and ours, decide by it what to expect.
KERAS_VERSION = "2.21.0"
