"""Files become searchable passages; `index.library` is all that others use."""
