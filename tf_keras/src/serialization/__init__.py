"""Objects to plain data and back; names to objects and back."""
