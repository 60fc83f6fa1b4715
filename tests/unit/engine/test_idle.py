"""What a worker gets ready while nobody asks it anything."""

from twofold.engine.idle import EXERCISES, preparations
from twofold.engine.session import Session


def test_every_exercise_is_answered():
    for text in EXERCISES:
        assert Session().run(text)[-1].status == "ok", text


def test_every_step_can_be_made():
    class Nothing:
        class Session:
            def run(self, text):
                raise ValueError(text)

    for step in preparations(Nothing, ("twofold.engine.judging",)):
        step()
