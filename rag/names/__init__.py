"""Which writings name one thing: written down by a person, or learned from the library."""
