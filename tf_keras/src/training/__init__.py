"""Model: compile, fit, evaluate, predict."""
