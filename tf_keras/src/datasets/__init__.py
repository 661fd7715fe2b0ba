"""Data that comes from files."""
