"""The public database made of the private one: what may be seen is decided here, once."""
