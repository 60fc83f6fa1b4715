"""Behaviour of functions near a point or far out: exact multiseries over a scale of logarithms, powers and exponentials.

A term is expanded inside out. What decides (the sign or the vanishing of a leading coefficient) is proved or the expansion is given up;
nothing is guessed. Sources: Gruntz, On Computing Limits in a Symbolic Manipulation System (1996); Richardson, Salvy, Shackell, van der Hoeven,
Asymptotic Expansions of exp-log Functions (1996); Shackell, Symbolic Asymptotics (2004).
"""
