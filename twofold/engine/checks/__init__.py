"""Independent checks of answers, one for each kind of question: `check(question, answer, context) -> Check`."""
