"""From the passages found to the statements, cells and lists that answer."""
