"""Messages out of a pipe: whole, in order, and no later than somebody waits for them."""

from __future__ import annotations

import os
import threading
import time

import pytest

from twofold.engine.channel import ENDED, TICK, Polled, Threaded


@pytest.fixture(params=["polled", "threaded"])
def pipe(request):
    out, into = os.pipe()
    stream = os.fdopen(out, "rb")
    channel = Threaded(stream) if request.param == "threaded" else Polled(stream, os.eventfd(0, os.EFD_NONBLOCK))
    writer = os.fdopen(into, "wb", buffering=0)
    yield channel, writer
    writer.close()
    channel.close()


def test_messages_come_in_order_and_the_end_stays(pipe):
    channel, writer = pipe
    writer.write(b'{"begin":0}\n{"stage":"a"}\n{"row":{}}\n')
    assert [channel.get(1.0) for _ in range(3)] == [{"begin": 0}, {"stage": "a"}, {"row": {}}]
    assert channel.get(0.0) is None
    writer.close()
    assert channel.get(1.0) is ENDED
    assert channel.get(1.0) is ENDED


def test_a_message_in_two_parts_and_the_remains_of_one_that_was_cut_off(pipe):
    channel, writer = pipe
    writer.write(b'{"row":')
    assert channel.get(0.01) is None
    writer.write(b'1}\n{"row"\n{"done":1}\n')
    assert channel.get(1.0) == {"row": 1}
    assert channel.get(1.0) == {"done": 1}


def test_a_stage_alone_comes_soon(pipe):
    channel, writer = pipe
    writer.write(b'{"stage":"a"}\n')
    began = time.monotonic()
    assert channel.get(10.0) == {"stage": "a"}
    assert time.monotonic() - began < 5 + TICK


def test_a_message_that_is_rung_for_comes_at_once_and_one_larger_than_a_pipe_as_it_is_written():
    out, into = os.pipe()
    bell = os.eventfd(0, os.EFD_NONBLOCK)
    channel = Polled(os.fdopen(out, "rb"), bell)
    large = b'{"row":"' + b"x" * (1 << 20) + b'"}\n'

    def write():
        os.write(into, large[:1000])
        os.eventfd_write(bell, 1)
        rest = memoryview(large)[1000:]
        while rest:
            rest = rest[os.write(into, rest) :]
        os.write(into, b'{"done":1}\n')

    writer = threading.Thread(target=write)
    writer.start()
    assert len(channel.get(10.0)["row"]) == 1 << 20
    assert channel.get(10.0) == {"done": 1}
    writer.join()
    os.close(into)
    channel.close()


def test_what_is_waiting_is_taken_without_waiting(pipe):
    channel, writer = pipe
    writer.write(b'{"hello":1}\n{"stage":"a"}\n')
    found = []
    while len(found) < 2:
        found += channel.waiting()
    assert found == [{"hello": 1}, {"stage": "a"}]
    assert channel.waiting() == []
