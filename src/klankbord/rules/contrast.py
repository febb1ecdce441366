"""Colours that can be read: the contrast of WCAG 2.2, and the colours an organisation may choose.

Contrast is (L1 + 0.05) / (L2 + 0.05) of the relative luminances; text needs at least 4.5
(success criterion 1.4.3).
"""

import re
from collections.abc import Mapping
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass, replace

LEAST = 4.5
COLOUR = re.compile(r"#[0-9a-f]{6}")
#: What an organisation does not choose and reads its own colours against.
FIXED: Mapping[str, str] = {
    "ink": "#1c2b30",
    "ink_soft": "#4c5b60",
    "surface": "#ffffff",
    "danger": "#a3241d",
}
#: What is written on what.
PAIRS: tuple[tuple[str, str], ...] = (
    ("on_brand", "brand"),
    ("brand", "paper"),
    ("brand", "brand_tint"),
    ("brand", "surface"),
    ("on_brand", "brand_strong"),
    ("brand_strong", "brand_tint"),
    ("ink", "paper"),
    ("ink", "brand_tint"),
    ("ink_soft", "paper"),
    ("ink_soft", "brand_tint"),
    ("danger", "paper"),
)
DARKER = 0.7  # of the lightness: what a button becomes under the mouse


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of an organisation, each as `#rrggbb`."""

    brand: str = "#0e5a61"
    on_brand: str = "#ffffff"
    brand_tint: str = "#e3efee"
    paper: str = "#faf7f2"

    @property
    def brand_strong(self) -> str:
        """The brand, darker: it follows from the brand, so nobody has to choose it."""
        hue, light, saturation = _hls(self.brand)
        return _from_hls(hue, light * DARKER, saturation)

    @property
    def tokens(self) -> dict[str, str]:
        """Every colour by its name."""
        chosen = {name: getattr(self, name) for name in CHOSEN}
        return {**FIXED, **chosen, "brand_strong": self.brand_strong}


CHOSEN = ("brand", "on_brand", "brand_tint", "paper")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Two colours that lie too close together: `text` on `ground`, and their contrast."""

    text: str
    ground: str
    contrast: float


def contrast(one: str, other: str) -> float:
    """The contrast of two colours `#rrggbb`, from 1 (none) to 21 (black on white)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of a colour, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel) for channel in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def unreadable(theme: Theme) -> tuple[Unreadable, ...]:
    """Every pair of colours that cannot be read; empty if the theme may be used."""
    tokens = theme.tokens
    measured = (
        Unreadable(text, ground, contrast(tokens[text], tokens[ground])) for text, ground in PAIRS
    )
    return tuple(pair for pair in measured if pair.contrast < LEAST)


def nearest(theme: Theme) -> Theme:
    """The theme itself if it can be read, or else the nearest one that can.

    The brand keeps its hue and becomes lighter or darker, as little as possible. Where that does
    not help the grounds are at fault, and ours come in their place.
    """
    ours = Theme()
    for base in (
        theme,
        replace(theme, on_brand=ours.on_brand),
        replace(theme, on_brand=ours.on_brand, brand_tint=ours.brand_tint),
        replace(ours, brand=theme.brand),
    ):
        for brand in _shades(base.brand):
            if not unreadable(found := replace(base, brand=brand)):
                return found
    return ours


def _shades(colour: str) -> list[str]:
    """The colour itself, and then every lightness of it, the nearest first."""
    hue, light, saturation = _hls(colour)
    steps = sorted((step / 200 for step in range(201)), key=lambda step: abs(step - light))
    return [colour, *(_from_hls(hue, step, saturation) for step in steps)]


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hls(colour: str) -> tuple[float, float, float]:
    return rgb_to_hls(*_rgb(colour))


def _from_hls(hue: float, light: float, saturation: float) -> str:
    return "#" + "".join(
        f"{round(channel * 255):02x}" for channel in hls_to_rgb(hue, light, saturation)
    )


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
