"""What the gate of `rag/verify.py` is made of, one question a file."""
