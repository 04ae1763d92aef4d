"""What every request and every response of the site have in common."""
