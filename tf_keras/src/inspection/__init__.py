"""Looking at a model: table and picture."""
