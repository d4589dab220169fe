"""How evidence is put into words; each composer is held to the same law: nothing without its citation."""
