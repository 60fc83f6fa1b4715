"""Values of integrals by theorems whose hypotheses are checked here: nothing is guessed, and no candidate is taken over from elsewhere."""
