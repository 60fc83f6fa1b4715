"""Integrals over regions that inequalities between polynomials describe: the region is cut into strips between curves, straight or
in polar, cylindrical or spherical coordinates, and integrated one name after the other."""
