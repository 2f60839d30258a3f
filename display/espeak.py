"""Speaks one sentence with espeak-ng: `espeak.py VOICE SPEED`, the words on standard input, a WAV on standard output.

A program of its own, because the library is GPL, keeps global state, and a fault in it must not take the server along.
"""

import ctypes
import io
import sys
import wave

# AUDIO_OUTPUT_SYNCHRONOUS plays nothing and hands the samples over before it returns.
_SYNCHRONOUS = 2
_UTF8 = 1
_RATE = 1
_SAMPLE = 2

_Heard = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


def speak(voice: str, speed: int, words: str) -> bytes:
    """A WAV of the words; raises `OSError` when the library or the voice is missing."""
    import espeakng_loader  # type: ignore[import-untyped]  # noqa: PLC0415 -- only this program needs the extra

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    rate = library.espeak_Initialize(_SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
    if rate <= 0:
        raise OSError("espeak-ng does not start")
    samples = bytearray()

    def heard(data: int | None, count: int, _events: int | None) -> int:
        if data:
            samples.extend(ctypes.string_at(data, count * _SAMPLE))
        return 0

    # Kept by name: the library calls it after this line.
    callback = _Heard(heard)
    library.espeak_SetSynthCallback(callback)
    if library.espeak_SetVoiceByName(voice.encode()) != 0:
        raise OSError(f"espeak-ng has no voice {voice}")
    library.espeak_SetParameter(_RATE, speed, 0)
    said = words.encode()
    if library.espeak_Synth(said, len(said) + 1, 0, 1, 0, _UTF8, None, None) != 0:
        raise OSError("espeak-ng does not speak")
    return as_wave(bytes(samples), rate)


def as_wave(samples: bytes, rate: int) -> bytes:
    """Samples of 16 bits, one channel, as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(_SAMPLE)
        out.setframerate(rate)
        out.writeframes(samples)
    return file.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(speak(sys.argv[1], int(sys.argv[2]), sys.stdin.buffer.read().decode()))
