"""What pictures are drawn from: places on a ruler, bars, steps. Shapes only; the words beside them are the views'.

Comes in: reports. Goes out: frozen records whose places are per cent of a picture's width or height, so that pictures
need no size of their own. Pure functions.
"""
