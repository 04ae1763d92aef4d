"""Evidence of a capture, as files for somebody else."""
