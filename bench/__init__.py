"""How good and how fast is it: measured in one run, written into the READMEs."""
