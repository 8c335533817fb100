"""Still life of a study evening: notebooks as issued, the compiled volume, pen, glasses, tea."""

from kit import *

LIGHT = (-0.7, 0.25, 0.75)
NAVY_COVER = (NAVY[4], NAVY[5], NAVY[7])
RED_COVER = (RED[1], RED[2], RED[3])
GREEN_COVER = (GREEN[3], GREEN[4], GREEN[5])
PAGES = (PAPER[0], PAPER[2], PAPER[3])


def put(x, y, turn):
    a = math.radians(turn)

    def at(u, v, z):
        return x + u * math.cos(a) - v * math.sin(a), y + u * math.sin(a) + v * math.cos(a), z

    return at


def table(s):
    s.floor(-9, -6, 9, 12, WOOD[1])
    for i in range(-8, 16):
        y = i * 0.74
        s.floor(-8, y, 8, y + 0.025, WOOD[2])
    for x0, w in ((-5.6, 1.5), (-3.6, 1.5), (-0.6, 1.5), (1.4, 1.5)):  # window light
        s.face([(x0, 6.5, 0), (x0 + w, 6.5, 0), (x0 + w + 4.5, -6, 0), (x0 + 4.5, -6, 0)], WOOD[0])
    for y0 in (4.0, 1.2):  # the bar of the window across it
        s.face([(-8, y0, 0), (8, y0, 0), (8, y0 + 0.22, 0), (-8, y0 + 0.22, 0)], WOOD[1])


def book(s, x, y, z, w, d, h, turn, cover, pages=PAGES, band=None):
    """A closed book with its spine to the left: two boards and the block between them."""
    board = max(0.02, h * 0.09)
    s.shadow(x, y, z, w, d, h, WOOD[4], 0.4, turn, ground=z)
    s.box(x, y, z, w, d, board, cover, turn)
    at = put(x, y, turn)
    bx, by, _ = at(0.0, 0, 0)
    s.box(bx, by, z + board, w - 0.05, d - 0.05, h - 2 * board, pages, turn)
    for i in range(1, 4):  # leaves
        f = z + board + (h - 2 * board) * i / 4
        s.stroke([at(-w / 2 + 0.03, -d / 2 + 0.024, f), at(w / 2 - 0.03, -d / 2 + 0.024, f)], PAPER[4], 0.004)
    s.box(x, y, z + h - board, w, d, board, cover, turn)
    s.face([at(-w / 2, -d / 2, z), at(-w / 2 + 0.06, -d / 2, z), at(-w / 2 + 0.06, -d / 2, z + h), at(-w / 2, -d / 2, z + h)], cover[1])
    if s.sees(at(-w / 2, 0, z), (-math.cos(math.radians(turn)), -math.sin(math.radians(turn)), 0)):
        s.face([at(-w / 2, -d / 2, z), at(-w / 2, -d / 2, z + h), at(-w / 2, d / 2, z + h), at(-w / 2, d / 2, z)], cover[2])
    t = z + h + 0.002
    s.face([at(-w / 2 + 0.12, -d / 2, t), at(-w / 2 + 0.16, -d / 2, t), at(-w / 2 + 0.16, d / 2, t), at(-w / 2 + 0.12, d / 2, t)], cover[1])
    if band:
        s.face([at(w * 0.28, -d / 2, t), at(w * 0.36, -d / 2, t), at(w * 0.36, d / 2, t), at(w * 0.28, d / 2, t)], band)
        s.face([at(w * 0.28, -d / 2 - 0.001, z), at(w * 0.36, -d / 2 - 0.001, z), at(w * 0.36, -d / 2 - 0.001, t), at(w * 0.28, -d / 2 - 0.001, t)], mix(band, INK, 0.25))


def label(s, x, y, z, turn, u0, v0, u1, v1, fill, bars=()):
    at = put(x, y, turn)
    s.face([at(u0, v0, z), at(u1, v0, z), at(u1, v1, z), at(u0, v1, z)], fill)
    for a, b, c_, d, tone in bars:
        s.face([at(a, b, z + 0.001), at(c_, b, z + 0.001), at(c_, d, z + 0.001), at(a, d, z + 0.001)], tone)


def open_book(s, x, y, turn):
    """The open notebook: pages that arch from the fold, ruled, written on to the middle of the right."""
    at = put(x, y, turn)
    d, half, rise = 2.3, 1.62, 0.2

    def z(u):
        f = abs(u) / half
        return 0.05 + rise * math.sin(min(1, f) * math.pi) ** 0.8 * (1 - 0.55 * f) + 0.02 * (1 - f)

    s.shadow(x, y, 0, 2 * half + 0.1, d + 0.1, 0.16, WOOD[4], 0.4, turn)
    s.box(x, y, 0, 2 * half + 0.12, d + 0.1, 0.05, NAVY_COVER, turn)
    n = 22
    for sx in (-1, 1):
        edge = [at(sx * half * i / n, -d / 2, z(half * i / n)) for i in range(n + 1)]
        s.face(edge + [at(sx * half, -d / 2, 0.05), at(0, -d / 2, 0.05)], PAPER[3])
        for k in (0.35, 0.68):
            s.stroke([at(sx * half * i / n, -d / 2 - 0.001, 0.05 + (z(half * i / n) - 0.05) * k) for i in range(n + 1)], PAPER[4], 0.006)
        far = [at(sx * half * i / n, d / 2, z(half * i / n)) for i in range(n + 1)]
        s.face(edge + far[::-1], PAPER[0] if sx > 0 else PAPER[1])
        lo, hi = (0, 5) if sx > 0 else (0, 7)
        shade = edge[lo:hi] + far[lo:hi][::-1]
        s.face(shade, PAPER[2] if sx < 0 else PAPER[1])
    chance = rng("handwriting")
    for row in range(11):
        v = d / 2 - 0.28 - row * 0.178
        for sx in (-1, 1):
            us = [0.16 + (half - 0.34) * i / 16 for i in range(17)]
            s.stroke([at(sx * u, v - 0.05, z(u) + 0.004) for u in us], NAVY[1], 0.007)
            if sx > 0 and row > 6:
                continue
            stop = half - 0.2 if (row + sx) % 4 else half * 0.55
            u = 0.18
            if sx < 0 and row == 0:  # a heading, underlined in red
                s.stroke([at(-half + 0.22, v - 0.07, z(half - 0.22) + 0.006), at(-half + 1.05, v - 0.07, z(half - 1.05) + 0.006)], RED[2], 0.018)
            while u < stop:
                w = chance.uniform(0.05, 0.085)
                left = u if sx > 0 else -(half - u)
                if abs(left) > 0.14:
                    glyph(s, at, left, v, w, z, chance, INK if not (sx < 0 and row in (4,)) else RED[2])
                u += w + 0.032 + (0.06 if chance.random() < 0.12 else 0)
    # ribbon
    s.face([at(0.02, -d / 2, 0.12), at(0.1, -d / 2, 0.13), at(0.2, -d / 2 - 0.32, 0.0), at(0.14, -d / 2 - 0.42, 0.0), at(0.08, -d / 2 - 0.3, 0.0)], RED[2])


def glyph(s, at, u, v, w, z, chance, ink):
    """A scribble the size of a character: handwriting seen from afar."""
    for _ in range(3):
        a, b = chance.uniform(0, 0.6), chance.uniform(0.1, 0.9)
        along, rise = chance.choice(((0.55, 0.1), (0.5, 0.15), (0.1, -0.7), (-0.3, -0.6), (0.35, -0.5)))
        p, q = ((a, b), (a + along, b + rise))
        ends = [at(u + i * w, v - 0.045 + j * 0.085, z(abs(u)) + 0.006) for i, j in (p, q)]
        s.c.line([s.cam.at(*e) for e in ends], ink, 1.6, cap="round")


def pen(s, x, y, z, turn, length=1.35):
    a = math.radians(turn)
    ux, uy = math.cos(a), math.sin(a)

    def p(t):
        return s.cam.at(x + ux * t, y + uy * t, z)

    k = s.cam.scale(x, y, z)
    off = (0.07 * k, 0.05 * k)
    q0, q1 = p(-0.1), p(length)
    s.c.line([(q0[0] + off[0], q0[1] + off[1]), (q1[0] + off[0], q1[1] + off[1])], WOOD[4], 0.07 * k, 0.35, cap="round")
    s.c.line([p(0.12), p(length)], NAVY[7], 0.09 * k, cap="round")
    s.c.line([p(0.16), p(length - 0.02)], NAVY[5], 0.03 * k, cap="round")
    s.c.line([p(0.55), p(0.62)], BRASS[2], 0.092 * k)
    s.c.line([p(0.75), p(length - 0.05)], BRASS[2], 0.025 * k)
    n0, n1 = p(0.12), p(-0.1)
    dx, dy = (n1[1] - n0[1]) * 0.16, -(n1[0] - n0[0]) * 0.16
    s.c.poly([(n0[0] + dx, n0[1] + dy), n1, (n0[0] - dx, n0[1] - dy)], BRASS[2])


def glasses(s, x, y, z, turn):
    at = put(x, y, turn)
    c = s.c

    def ring(u0, r, zz):
        return [s.cam.at(*at(u0 + r * 1.15 * math.cos(i / 40 * 6.283), 0.0 - 0.05, zz + r * (1 + math.sin(i / 40 * 6.283)))) for i in range(41)]

    for u0 in (-0.36, 0.36):  # the shadow of the lenses
        c.poly([s.cam.at(*at(u0 + 0.06 + 0.36 * math.cos(i / 30 * 6.283) + 0.3, -0.3 + 0.22 * math.sin(i / 30 * 6.283), z)) for i in range(30)], WOOD[4], 0.22)
    for u0 in (-0.72, 0.72):  # temples reach back and rest on the table
        c.line([s.cam.at(*at(u0, -0.05, z + 0.42)), s.cam.at(*at(u0 * 0.97, 0.85, z + 0.3)), s.cam.at(*at(u0 * 0.92, 1.15, z + 0.03))], INK, 6.5, cap="round")
    for u0 in (-0.36, 0.36):
        pts = ring(u0, 0.29, z)
        c.poly(pts, NAVY[0], 0.5)
        c.line(pts, INK, 7.5)
        c.line(pts[4:13], GREY[3], 2.2, cap="round")
    c.line([s.cam.at(*at(-0.06, -0.05, z + 0.36)), s.cam.at(*at(0, -0.05, z + 0.42)), s.cam.at(*at(0.06, -0.05, z + 0.36))], INK, 7)


def mug(s, x, y):
    c = s.c
    c.poly([s.cam.at(x + 0.75 + 0.95 * math.cos(i / 40 * 6.283), y - 0.2 + 0.5 * math.sin(i / 40 * 6.283)) for i in range(40)], WOOD[4], 0.35)
    pts = [s.cam.at(x + 0.5 + 0.34 * math.sin(i / 14 * math.pi), y, 0.28 + 0.62 * i / 14) for i in range(15)]
    c.line(pts, PAPER[3], 20, cap="round")
    c.line(pts, PAPER[1], 13, cap="round")
    white = (PAPER[0], PAPER[2], PAPER[4])
    s.lathe(x, y, 0, [(0.46, 0), (0.52, 0.08), (0.54, 1.1)], white, 48)
    s.lathe(x, y, 0.78, [(0.542, 0), (0.542, 0.1)], (NAVY[4], NAVY[5], NAVY[6]), 48)
    s.lathe(x, y, 1.1, [(0.58, 0), (0.58, 0.06), (0.4, 0.15), (0.12, 0.19)], white, 48)
    s.lathe(x, y, 1.28, [(0.07, 0), (0.12, 0.1), (0.1, 0.17), (0.0, 0.19)], (NAVY[4], NAVY[5], NAVY[6]), 20)


def draw():
    c = Canvas(ground=WOOD[1])
    s = Stage(c, Camera((0.0, -6.3, 6.4), pitch=41, focal=1690, centre=(800, 612)), LIGHT)
    table(s)
    # stacks of new notebooks, as they came from the press, with paper bands
    for x, y, n, t in ((-3.75, 3.9, 6, 4), (-1.75, 4.3, 4, -3)):
        for i in range(n):
            book(s, x + 0.02 * (i % 3), y, i * 0.17, 1.55, 2.15, 0.17, t + (i % 3 - 1) * 1.6, NAVY_COVER, band=RED[2] if i == n - 1 else None)
    # the books
    book(s, 3.5, 4.0, 0, 1.9, 2.6, 0.36, -12, GREEN_COVER)
    book(s, 3.4, 3.95, 0.36, 1.75, 2.45, 0.3, -18, (BRASS[2], BRASS[3], BRASS[4]))
    mug(s, 0.75, 3.9)
    # compiled volume: thick, pale, a red spine
    book(s, 2.95, 0.75, 0, 2.0, 2.7, 0.5, 10, (PAPER[1], RED[2], RED[3]))
    label(s, 2.95, 0.75, 0.505, 10, -1.0, -1.35, -0.72, 1.35, RED[2])
    label(s, 2.95, 0.75, 0.506, 10, -0.5, 0.45, 0.7, 0.95, PAPER[1], ((-0.45, 0.8, 0.65, 0.92, NAVY[6]), (-0.45, 0.55, 0.3, 0.64, NAVY[6])))
    label(s, 2.95, 0.75, 0.506, 10, -0.45, -1.05, 0.3, -1.0, NAVY[3])
    glasses(s, 3.1, 0.62, 0.51, 22)
    open_book(s, -1.15, 0.35, 6)
    pen(s, 0.05, -0.62, 0.24, 38)
    # one notebook closed, at the front left
    book(s, -3.75, 0.5, 0, 1.55, 2.15, 0.17, 14, NAVY_COVER, band=RED[2])
    label(s, -3.75, 0.5, 0.173, 14, -0.35, 0.25, 0.3, 0.7, PAPER[1], ((-0.28, 0.5, 0.22, 0.56, NAVY[6]), (-0.28, 0.36, 0.1, 0.41, GREY[2])))
    return c
