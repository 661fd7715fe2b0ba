"""What stands between us and TensorFlow, Python and the disk."""
