"""Decode any recording to 16 kHz mono PCM16; record from the microphone."""
