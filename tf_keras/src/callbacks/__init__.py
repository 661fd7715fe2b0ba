"""What happens at the moments of training."""
