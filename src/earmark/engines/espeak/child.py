"""The child that speaks for the espeak engine; run by file name, with nothing but the standard library.

espeak-ng is not repeatable inside one process and crashes on some plain texts. So this process loads
the library once and, where it can, forks for every utterance: each begins in the same state, and a
crash costs one. Elsewhere it speaks one utterance and ends.

Arguments: library, data folder, "fork" or "once". Frames on standard input and output are described
by `REQUEST` and `REPLY`; it ends when its input does, so it never outlives its parent.
"""

import contextlib
import ctypes
import mmap
import os
import signal
import struct
import sys

LENGTH = struct.Struct("<I")  # of all that follows
REQUEST = struct.Struct("<iiiiiI")  # flags, words per minute, pitch, range, seconds, length of the voice's name
REPLY = struct.Struct("<iIII")  # status, sample rate, number of word marks, bytes of samples
MARK = struct.Struct("<ii")  # position in the text (code points, from 0), sample

DONE = 0
REFUSED = 1  # no such voice
TOO_LONG = 2
NOT_TAKEN = 3  # the text was given up half-way, which is how some crashes end
# A negative status is the signal that ended the utterance.

CAPACITY = 64 << 20  # bytes of one reply: 25 minutes of speech
MOST_MARKS = 1 << 17

_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000  # without its data; the caller is told instead
_UTF8 = 1
_WORD = 1
_END = 0
_SEED = 1
_RATE, _PITCH, _RANGE = 1, 3, 4


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(_Event))


class Speaker:
    """The library, loaded, and the memory that it speaks into; a fork shares that memory."""

    def __init__(self, library: str, data: str) -> None:
        """Load the library; raises `OSError` if it or its data can't be loaded."""
        self._library = ctypes.CDLL(library)
        self._rate = self._library.espeak_Initialize(_SYNCHRONOUS, 0, os.fsencode(data), _DO_NOT_EXIT)
        if self._rate <= 0:
            raise OSError(f"no espeak-ng data in {data}")
        self._memory = mmap.mmap(-1, CAPACITY)
        self._samples_at = REPLY.size + MOST_MARKS * MARK.size
        self._address = ctypes.addressof(ctypes.c_char.from_buffer(self._memory))
        self._marks = 0
        self._bytes = 0
        self._overflow = False
        self._callback = _Callback(self._take)  # kept, or it would be freed while the library calls it
        self._library.espeak_SetSynthCallback(self._callback)

    def _take(self, samples: int | None, count: int, events: "ctypes._Pointer[_Event]") -> int:
        at = self._samples_at + self._bytes
        if at + 2 * count > CAPACITY or self._marks + count >= MOST_MARKS:
            self._overflow = True
            return 1
        if samples and count > 0:
            ctypes.memmove(self._address + at, samples, 2 * count)
            self._bytes += 2 * count
        index = 0
        while events[index].type != _END:
            if events[index].type == _WORD:
                place = REPLY.size + self._marks * MARK.size
                MARK.pack_into(self._memory, place, events[index].text_position - 1, events[index].sample)
                self._marks += 1
            index += 1
        return 0

    def speak(self, request: bytes) -> None:
        """Speak one request into the memory; to be called once in a process's life."""
        flags, rate, pitch, spread, _, voice_length = REQUEST.unpack_from(request)
        voice = request[REQUEST.size : REQUEST.size + voice_length]
        text = request[REQUEST.size + voice_length :]
        library = self._library
        # The breath of some voices ("en+f3") is noise, which the library begins at the time of day.
        library.espeak_ng_SetRandSeed(ctypes.c_long(_SEED))
        refused = library.espeak_SetVoiceByName(voice)
        for parameter, value in ((_RATE, rate), (_PITCH, pitch), (_RANGE, spread)):
            refused = refused or library.espeak_SetParameter(parameter, value, 0)
        status = REFUSED if refused else DONE
        if not refused and library.espeak_Synth(
            text, ctypes.c_size_t(len(text) + 1), 0, _UTF8, 0, flags | _UTF8, None, None
        ):
            status = NOT_TAKEN
        if self._overflow:
            status = TOO_LONG
        if status != DONE:
            self._marks = self._bytes = 0
        REPLY.pack_into(self._memory, 0, status, self._rate, self._marks, self._bytes)

    def reply(self) -> tuple[memoryview, ...]:
        """Return what was spoken, by this process or its fork, as the pieces of one frame."""
        _, _, marks, length = REPLY.unpack_from(self._memory)
        view = memoryview(self._memory)
        head = view[: REPLY.size + marks * MARK.size]
        return head, view[self._samples_at : self._samples_at + length]


def speak_in_fork(speaker: Speaker, request: bytes) -> int:
    """Speak in a fork; return 0, or minus the signal that ended it."""
    seconds = REQUEST.unpack_from(request)[4]
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            signal.alarm(seconds)  # not caught: the kernel ends a fork that hangs in the library
            speaker.speak(request)
            status = 0
        finally:
            os._exit(status)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return code if code <= 0 else -int(signal.SIGABRT)


def read_exactly(descriptor: int, length: int) -> bytes:
    """Return the next `length` bytes; fewer mean that the input has ended."""
    pieces = []
    while length > 0:
        piece = os.read(descriptor, min(length, 1 << 20))
        if not piece:
            break
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)


def write_all(descriptor: int, content: "bytes | memoryview") -> None:
    """Write all of `content`."""
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]


def serve(speaker: Speaker, source: int, target: int, *, forking: bool) -> None:
    """Answer requests until the input ends or, if not `forking`, answer one."""
    while True:
        head = read_exactly(source, LENGTH.size)
        if len(head) < LENGTH.size:
            return
        request = read_exactly(source, LENGTH.unpack(head)[0])
        if forking:
            ended = speak_in_fork(speaker, request)
            if ended:
                write_all(target, REPLY.pack(ended, 0, 0, 0))
                continue
        else:
            speaker.speak(request)
        for piece in speaker.reply():
            write_all(target, piece)
        if not forking:
            return


def main(library: str, data: str, mode: str) -> int:
    """Serve standard input; return 3 if the library can't be loaded."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    try:
        speaker = Speaker(library, data)
    except (OSError, AttributeError):
        return 3
    with contextlib.suppress(BrokenPipeError):
        serve(speaker, 0, 1, forking=mode == "fork")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
