"""The engine: expressions over atoms, the states of atoms, what a holder then is, and what if. Pure logic, no text."""
