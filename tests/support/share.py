"""The picture that is shown beside a shared address: `make pictures` takes it."""

from __future__ import annotations

WIDTH, HIGH = 1200, 630
LEVELS = {"Technical": ("#0b5073", 6), "Clinical": ("#5b438f", 4), "Commercial": ("#12695c", 2)}


def page() -> str:
    """Draw three tracks on one scale of nine stages, as a page without any other file."""
    rows = "".join(_row(name, colour, level) for name, (colour, level) in LEVELS.items())
    return f"""<!doctype html><meta charset="utf-8"><title>Share</title><style>
body {{ margin: 0; width: {WIDTH}px; height: {HIGH}px; box-sizing: border-box; padding: 64px 72px; background: #fff;
  border-top: 16px solid #0b5073; color: #15262e; font: 30px "Liberation Sans", Arial, sans-serif; }}
h1 {{ font: 600 62px/1.15 Palatino, P052, "Liberation Serif", Georgia, serif; margin: 0 0 36px; }}
p {{ margin: 0 0 6px; font-weight: 600; }}
ol {{ display: grid; grid-template-columns: repeat(9, 1fr); list-style: none; margin: 0 0 20px; padding: 0; }}
li {{ height: 40px; border: 2px solid #d3dce0; border-left-width: 0; }}
li:first-child {{ border-left-width: 2px; }}
</style><h1>See early what could stop<br>a cell or gene therapy</h1>{rows}"""


def _row(name: str, colour: str, level: int) -> str:
    passed = f'<li style="background: {colour}; border-color: {colour}; border-right-color: #fff"></li>'
    held = f'<li style="border: 3px solid {colour}"></li>'
    cells = passed * level + held + "<li></li>" * (8 - level)
    return f'<p style="color: {colour}">{name}</p><ol>{cells}</ol>'
