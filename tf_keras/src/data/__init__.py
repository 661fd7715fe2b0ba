"""From what a user passes to fit to a stream of batches."""
