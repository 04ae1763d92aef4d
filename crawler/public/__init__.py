"""Every question put to the public database, ``public.db``, as functions (connection, …) → values."""
