"""A question becomes an answer with its sources; start reading at `rag.bot`."""
