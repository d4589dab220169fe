"""Which questions are worth suggesting: made from the documents, tried, kept, and chosen for the moment."""
