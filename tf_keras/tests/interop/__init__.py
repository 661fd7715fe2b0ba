"""Files in both directions with the published package, run as a black box."""
