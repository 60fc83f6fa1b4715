"""Explicit matrices: numbers and parameters."""

from benchmarks.exact.judges import equal, refusal, values
from benchmarks.exact.structures import eigenpairs, factorisation, span
from benchmarks.exact.task import Task

HILBERT = "[1, 1/2, 1/3, 1/4; 1/2, 1/3, 1/4, 1/5; 1/3, 1/4, 1/5, 1/6; 1/4, 1/5, 1/6, 1/7]"
CIRCULANT = "[a, b, c; c, a, b; b, c, a]"
TRIDIAGONAL = "[2, -1, 0, 0; -1, 2, -1, 0; 0, -1, 2, -1; 0, 0, -1, 2]"
DEFECTIVE = "[5, 4, 2, 1; 0, 1, -1, -1; -1, -1, 3, 0; 1, 1, -1, 2]"
VANDERMONDE = "[1, a, a^2, a^3; 1, b, b^2, b^3; 1, c, c^2, c^3; 1, d, d^2, d^3]"
MAGIC = "[8, 1, 6; 3, 5, 7; 4, 9, 2]"
NILPOTENT = "[0, 1, 2; 0, 0, 3; 0, 0, 0]"

TASKS = (
    Task("det", ("[3, 8; 4, 6]",), "-14", equal),
    Task("det", (HILBERT,), "1/6048000", equal),
    Task("det", (MAGIC,), "-360", equal),
    Task("det", (VANDERMONDE,), "(b - a)*(c - a)*(d - a)*(c - b)*(d - b)*(d - c)", equal),
    Task("det", (CIRCULANT,), "a^3 + b^3 + c^3 - 3*a*b*c", equal),
    Task("det", ("[cos(t), -sin(t); sin(t), cos(t)]",), "1", equal),
    Task("det", ("[x, 1, 1, 1, 1; 1, x, 1, 1, 1; 1, 1, x, 1, 1; 1, 1, 1, x, 1; 1, 1, 1, 1, x]",), "(x - 1)^4*(x + 4)", equal),
    Task("inv", ("[4, 7; 2, 6]",), "[3/5, -7/10; -1/5, 2/5]", equal),
    Task(
        "inv",
        (HILBERT,),
        "[16, -120, 240, -140; -120, 1200, -2700, 1680; 240, -2700, 6480, -4200; -140, 1680, -4200, 2800]",
        equal,
    ),
    Task("inv", ("[a, b; c, d]",), "[d/(a*d - b*c), -b/(a*d - b*c); -c/(a*d - b*c), a/(a*d - b*c)]", equal),
    Task("inv", ("[1, x, x^2; 0, 1, x; 0, 0, 1]",), "[1, -x, 0; 0, 1, -x; 0, 0, 1]", equal),
    Task("inv", (TRIDIAGONAL,), "[4/5, 3/5, 2/5, 1/5; 3/5, 6/5, 4/5, 2/5; 2/5, 4/5, 6/5, 3/5; 1/5, 2/5, 3/5, 4/5]", equal),
    Task("rank", ("[1, 2, 3; 4, 5, 6; 7, 8, 9]",), "2", equal),
    Task("rank", ("[1, 2, 0, 1; 2, 4, 1, 3; 3, 6, 1, 4]",), "2", equal),
    Task("rank", (HILBERT,), "4", equal),
    Task("rank", ("[sqrt(2), 2; 1, sqrt(2)]",), "1", equal),
    Task("nullspace", ("[1, 2, 3; 4, 5, 6; 7, 8, 9]",), "{[1, -2, 1]}", span),
    Task("nullspace", ("[1, 2, 0, 1; 2, 4, 1, 3; 3, 6, 1, 4]",), "{[-2, 1, 0, 0], [-1, 0, -1, 1]}", span),
    Task("nullspace", ("[1, a, a^2; a, a^2, a^3]",), "{[-a, 1, 0], [-a^2, 0, 1]}", span),
    Task("colspace", ("[1, 2, 3; 4, 5, 6; 7, 8, 9]",), "{[1, 4, 7], [2, 5, 8]}", span),
    Task("rref", ("[1, 2, 3, 4; 2, 4, 7, 10; 3, 6, 10, 14]",), "[1, 2, 0, -2; 0, 0, 1, 2; 0, 0, 0, 0]", equal),
    Task("adjugate", ("[1, 2, 3; 0, 4, 5; 1, 0, 6]",), "[24, -12, -2; 5, 3, -5; -4, 2, 4]", equal),
    Task("charpoly", (MAGIC, "t"), "t^3 - 15*t^2 - 24*t + 360", equal),
    Task("charpoly", (TRIDIAGONAL, "t"), "t^4 - 8*t^3 + 21*t^2 - 20*t + 5", equal),
    Task("charpoly", ("[0, 0, -c; 1, 0, -b; 0, 1, -a]", "t"), "t^3 + a*t^2 + b*t + c", equal),
    Task("minpoly", ("[2, 0, 0; 0, 2, 0; 0, 0, 3]", "t"), "t^2 - 5*t + 6", equal),
    Task("minpoly", ("[3, 1, 0; 0, 3, 0; 0, 0, 3]", "t"), "t^2 - 6*t + 9", equal),
    Task("minpoly", ("[0, 1, 0; 0, 0, 1; 1, 0, 0]", "t"), "t^3 - 1", equal),
    Task("eigenvalues", ("[2, 1; 1, 3]",), "{(5 - sqrt(5))/2, (5 + sqrt(5))/2}", values),
    Task("eigenvalues", ("[0, -1; 1, 0]",), "{im, -im}", values),
    Task("eigenvalues", (MAGIC,), "{15, 2*sqrt(6), -2*sqrt(6)}", values),
    Task("eigenvalues", (TRIDIAGONAL,), "{(5 - sqrt(5))/2, (5 + sqrt(5))/2, (3 - sqrt(5))/2, (3 + sqrt(5))/2}", values),
    Task("eigenvalues", ("[a, b; b, a]",), "{a + b, a - b}", values),
    Task("eigenvalues", ("[0, 1, 0; 0, 0, 1; 1, 0, 0]",), "{1, (-1 + im*sqrt(3))/2, (-1 - im*sqrt(3))/2}", values),
    Task(
        "eigenvalues",
        ("[0, 0, 0, 0, 1; 1, 0, 0, 0, 1; 0, 1, 0, 0, 0; 0, 0, 1, 0, 0; 0, 0, 0, 1, 0]",),
        "{root_of(t -> t^5 - t - 1, 1), root_of(t -> t^5 - t - 1, 2), root_of(t -> t^5 - t - 1, 3), root_of(t -> t^5 - t - 1, 4), root_of(t -> t^5 - t - 1, 5)}",
        values,
    ),
    Task("eigenvectors", ("[2, 1; 1, 2]",), "{(3, 1, {[1, 1]}), (1, 1, {[1, -1]})}", eigenpairs),
    Task("eigenvectors", ("[2, 0, 0; 0, 2, 0; 0, 0, 5]",), "{(2, 2, {[1, 0, 0], [0, 1, 0]}), (5, 1, {[0, 0, 1]})}", eigenpairs),
    Task("eigenvectors", ("[1, 1; 0, 1]",), "{(1, 2, {[1, 0]})}", eigenpairs),
    Task(
        "eigenvectors",
        ("[1, 1; 1, 0]",),
        "{((1 + sqrt(5))/2, 1, {[(1 + sqrt(5))/2, 1]}), ((1 - sqrt(5))/2, 1, {[(1 - sqrt(5))/2, 1]})}",
        eigenpairs,
        calls={"pari": "[L, V] = mateigen([1, 1; 1, 0], 1); [[L[i], 1, [V[,i]~]] | i <- [1..#L]]"},
    ),
    Task("jordan", ("[3, 1; -1, 1]",), "[2, 1; 0, 2]", factorisation("jordan")),
    Task("jordan", (DEFECTIVE,), "[1, 0, 0, 0; 0, 2, 0, 0; 0, 0, 4, 1; 0, 0, 0, 4]", factorisation("jordan")),
    Task("jordan", (NILPOTENT,), "[0, 1, 0; 0, 0, 1; 0, 0, 0]", factorisation("jordan")),
    Task("svd", ("[3, 0; 4, 5]",), "[sqrt(45), sqrt(5)]", factorisation("svd")),
    Task("svd", ("[1, 1; 0, 1; 1, 0]",), "[sqrt(3), 1]", factorisation("svd")),
    Task("svd", ("[2, 4; 1, 3; 0, 0; 0, 0]",), "[sqrt(15 + sqrt(221)), sqrt(15 - sqrt(221))]", factorisation("svd")),
    Task("qr", ("[12, -51, 4; 6, 167, -68; -4, 24, -41]",), "[14, 21, -14; 0, 175, -70; 0, 0, 35]", factorisation("qr")),
    Task("qr", ("[1, 1; 1, 0; 0, 1]",), "[sqrt(2), 1/sqrt(2); 0, sqrt(3/2)]", factorisation("qr")),
    Task("cholesky", ("[4, 12, -16; 12, 37, -43; -16, -43, 98]",), "[2, 0, 0; 6, 1, 0; -8, 5, 3]", equal),
    Task("cholesky", ("[1, 2; 2, 1]",), '"does not exist"', refusal, calls={"giac": "-"}),
    Task("cholesky", ("[2, 1; 1, 2]",), "[sqrt(2), 0; 1/sqrt(2), sqrt(3/2)]", equal),
    Task("pinv", ("[1, 2; 3, 4; 5, 6]",), "[-4/3, -1/3, 2/3; 13/12, 1/3, -5/12]", equal),
    Task("pinv", ("[1, 2; 2, 4]",), "[1/25, 2/25; 2/25, 4/25]", equal),
    Task("expm", ("[0, -t; t, 0]",), "[cos(t), -sin(t); sin(t), cos(t)]", equal),
    Task("expm", ("[1, 1; 0, 1]",), "[e, e; 0, e]", equal),
    Task("expm", (NILPOTENT,), "[1, 1, 7/2; 0, 1, 3; 0, 0, 1]", equal),
    Task(
        "expm",
        ("[1, 2; 2, 1]",),
        "[(exp(3) + exp(-1))/2, (exp(3) - exp(-1))/2; (exp(3) - exp(-1))/2, (exp(3) + exp(-1))/2]",
        equal,
    ),
    Task("expm", ("[a, b; 0, a]",), "[exp(a), b*exp(a); 0, exp(a)]", equal),
    Task("least_squares", ("[1, 0; 1, 1; 1, 2; 1, 3]", "[1, 3, 4, 4]"), "[3/2, 1]", equal),
    Task(
        "least_squares",
        ("[1, 1, 1; 1, 2, 4; 1, 3, 9; 1, 4, 16; 1, 5, 25]", "[1, 4, 9, 16, 26]"),
        "[3/5, -23/35, 8/7]",
        equal,
        name="least squares, quadratic",
    ),
    Task("cross", ("[1, 2, 3]", "[4, 5, 6]"), "[-3, 6, -3]", equal),
    Task("gram_schmidt", ("[1, 1, 0]", "[1, 0, 1]"), "{[1/sqrt(2), 1/sqrt(2), 0], [1/sqrt(6), -1/sqrt(6), 2/sqrt(6)]}", equal),
    Task("kron", ("[1, 2; 3, 4]", "[0, 5; 6, 7]"), "[0, 5, 0, 10; 6, 7, 12, 14; 0, 15, 0, 20; 18, 21, 24, 28]", equal),
)
