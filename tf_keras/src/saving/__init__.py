"""Files: a format is a plug-in."""
