"""Contracts that tests inherit."""
