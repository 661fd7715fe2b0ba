"""Files exchanged with the published package."""
