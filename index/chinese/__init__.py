"""What the rest of the house needs to know about written Chinese: width, script, sentence ends, words, numbers."""
