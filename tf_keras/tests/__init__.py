"""What only the whole package can show."""
