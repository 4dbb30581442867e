"""Models: what answers prompts, and the wrappers that retry, pace, pay, keep and record."""
