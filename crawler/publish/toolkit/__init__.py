"""Pages of the toolkit: libraries, lessons."""
