"""ICC profiles as streams, and the colour spaces of pictures that have them (ISO 32000-1, 8.6.5.5)."""

from __future__ import annotations

import zlib

from brochure.color.icc_profile import IccProfile, read_profile
from brochure.pdf.engine import PDFObjectReference
from brochure.pdf.objects import Array, Dictionary, Stream
from brochure.pdf.output import Document
from brochure.system.cache import Kind, StoredCache
from brochure.system.disk_cache import disk_cache

PROFILES = StoredCache(Kind("profile", 1, bytes, bytes), max_weight=8)
"""Compressed profiles: compressing one takes as long as all text."""


def compress_profile(profile: IccProfile) -> bytes:
    """Return the profile's data as a stream holds it (FlateDecode)."""
    return PROFILES.get(profile.digest, disk_cache(), lambda: zlib.compress(profile.data, 6))


def rgb_space(data: bytes, document: Document) -> Array:
    """Return the colour space of RGB pictures with a profile; equal profiles are one stream."""
    profile = read_profile(data)
    key = f"Icc.{profile.digest[:16]}"
    if not document.has(key):
        entries = Dictionary(N=3, Alternate="/DeviceRGB", Filter="/FlateDecode")
        fingerprint = profile.digest.encode("ascii")
        document.register(Stream(entries, compress_profile(profile), fingerprint), key)
    return Array(["/ICCBased", PDFObjectReference(key)])
