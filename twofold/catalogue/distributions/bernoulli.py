"""The Bernoulli law: one trial that succeeds or fails."""

from twofold.catalogue.spec import Example, Law, Parameter

SPEC = Law(
    name="Bernoulli",
    parameters=(Parameter("p", "0 <= p and p <= 1", "a probability, between 0 and 1", (0.05, 0.95)),),
    support=("0", "1"),
    discrete=True,
    density="p^x*(1 - p)^(1 - x)",
    closed={
        "mean": "p",
        "variance": "p*(1 - p)",
        "median": "{0 if p <= 1/2; 1 otherwise}",
        "mode": "{0 if p < 1/2; 1 otherwise}",
        "skewness": "(1 - 2*p)/sqrt(p*(1 - p))",
        "kurtosis": "(1 - 6*p*(1 - p))/(p*(1 - p))",
        "entropy": "-p*log(p) - (1 - p)*log(1 - p)",
        "cdf": "1 - p + p*x",
        "survival": "p - p*x",
        "quantile": "{0 if q <= 1 - p; 1 otherwise}",
        "mgf": "1 - p + p*exp(t)",
        "cf": "1 - p + p*exp(im*t)",
        "moment": "p given k >= 1",
    },
    summary="1 with probability p, otherwise 0",
    examples=(Example("mean(Bernoulli(1/3))", "1/3"), Example("variance(Bernoulli(1/3))", "2/9")),
    natural=(("log(p/(1 - p))", "x"),),
    normaliser="-log(1 - p)",
    base="1",
    oracle=("scipy.stats:bernoulli", {"p": "p"}),
    others=({"": "logit", "p": "1/(1 + exp(-logit))"}, {"": "natural1", "p": "1/(1 + exp(-natural1))"}),
    relations=("pmf(Bernoulli(1/3), 1) == pmf(Binomial(1, 1/3), 1)",),
)
