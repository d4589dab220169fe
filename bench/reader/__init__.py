"""How the reader is taught: lessons out of public reading comprehension and libraries of our own, then the training."""
