"""What only old programs and old files need."""
