"""The press conference before it opens: four panels, a lectern, the reporters' backs."""

from kit import *

PANEL_W, PANEL_H, PANEL_Z = 2.75, 3.35, 0.62
STAGE_Y = 4.4


def hall(s):
    c = s.c
    s.wall_y(11, -16, 16, 0, 8, NAVY[7])
    for i in range(34):
        x = -16 + i
        s.wall_y(10.98, x, x + 0.08, 0.4, 8, NAVY[8])
    for x in (-6.4, -0.2, 6.2):  # washes of light on the wall
        s.face([(x - 0.5, 10.95, 8), (x + 0.5, 10.95, 8), (x + 3.1, 10.95, 0.4), (x - 3.1, 10.95, 0.4)], NAVY[4], 0.35)
    s.wall_y(10.96, -16, 16, 0.4, 0.62, NAVY[9])
    s.floor(-16, -4, 16, 11, NAVY[8])
    s.box(0, 7.8, 0, 20, 6.4, 0.4, (WOOD[2], WOOD[3], WOOD[4]), seam=False)
    for i in range(11):
        x = -9.1 + i * 1.82
        s.stroke([(x, 4.62, 0.405), (x, 10.9, 0.405)], WOOD[3], 0.02)
    s.wall_y(4.595, -10, 10, 0.34, 0.4, WOOD[1])
    c.poly([s.cam.at(2.7 + 1.7 * math.cos(i / 30 * 6.283), 5.9 + 1.0 * math.sin(i / 30 * 6.283), 0.41) for i in range(30)], WOOD[1], 0.7)


def panels(s):
    """Four leaves of a standing screen, each turned a little."""
    x, y = -6.9, 9.4
    colours = (NAVY[4], GREEN[4], BRASS[3], RED[2])
    for i, colour in enumerate(colours):
        a = math.radians(-17 if i % 2 == 0 else 17)
        nx, ny = x + PANEL_W * math.cos(a), y + PANEL_W * math.sin(a)
        leaf_(s, (x, y), (nx, ny), colour if i % 2 else mix(colour, PAPER[0], 0.1), i)
        x, y = nx + 0.14, ny


def leaf_(s, p, q, colour, n):
    c = s.c

    def at(u, v):
        return s.cam.at(p[0] + (q[0] - p[0]) * u, p[1] + (q[1] - p[1]) * u, PANEL_Z + PANEL_H * v)

    def quad(u0, v0, u1, v1, fill, opacity=None):
        c.poly([at(u0, v0), at(u1, v0), at(u1, v1), at(u0, v1)], fill, opacity)

    foot = [s.cam.at(*p, 0.41), s.cam.at(*q, 0.41), s.cam.at(q[0] + 0.9, q[1] - 1.2, 0.41), s.cam.at(p[0] + 0.9, p[1] - 1.2, 0.41)]
    c.poly(foot, WOOD[5], 0.4)
    for u in (0.06, 0.94):
        c.line([at(u, -0.07), at(u, 0.02)], NAVY[9], 9)
    quad(0, 0, 1, 1, PAPER[1])
    quad(0, 0, 1, 1, PAPER[3], 0.0 if n % 2 else 0.5)
    quad(0.05, 0.44, 0.95, 0.965, colour)
    quad(0.12, 0.33, 0.72, 0.372, NAVY[6])
    for i, end in enumerate((0.86, 0.8, 0.86, 0.5)):
        quad(0.12, 0.255 - i * 0.055, end, 0.272 - i * 0.055, GREY[2])
    sign(c, at, n, PAPER[0], colour)


def sign(c, at, n, ink, ground):
    """What each promise is about, without words: a book, scales, a house, a rosette."""

    def quad(u0, v0, u1, v1, fill=ink):
        c.poly([at(u0, v0), at(u1, v0), at(u1, v1), at(u0, v1)], fill)

    def line(pts, w):
        c.line([at(*p) for p in pts], ink, w, cap="round")

    def disc(u, v, r, fill=ink):
        c.poly([at(u + r * math.cos(i / 28 * 6.283), v + r * 0.82 * math.sin(i / 28 * 6.283)) for i in range(28)], fill)

    if n == 0:
        for sx in (-1, 1):
            c.poly([at(0.5 + sx * 0.015, 0.6), at(0.5 + sx * 0.32, 0.645), at(0.5 + sx * 0.32, 0.86), at(0.5 + sx * 0.015, 0.81)], ink)
            for i in range(3):
                c.line([at(0.5 + sx * 0.06, 0.755 - i * 0.05), at(0.5 + sx * 0.26, 0.785 - i * 0.05)], ground, 3.5)
        line([(0.17, 0.6), (0.5, 0.555), (0.83, 0.6)], 4)
    elif n == 1:
        line([(0.5, 0.57), (0.5, 0.87)], 7)
        line([(0.34, 0.56), (0.66, 0.56)], 8)
        line([(0.2, 0.83), (0.8, 0.83)], 6)
        disc(0.5, 0.875, 0.035)
        for u in (0.2, 0.8):
            line([(u - 0.12, 0.68), (u, 0.83), (u + 0.12, 0.68)], 2.6)
            c.poly([at(u - 0.14, 0.68), at(u + 0.14, 0.68), at(u + 0.08, 0.635), at(u - 0.08, 0.635)], ink)
    elif n == 2:
        c.poly([at(0.5, 0.89), at(0.86, 0.73), at(0.14, 0.73)], ink)
        quad(0.24, 0.56, 0.76, 0.74)
        quad(0.54, 0.56, 0.67, 0.68, ground)
        quad(0.32, 0.625, 0.45, 0.69, ground)
    else:
        for i in range(14):  # a plain rosette
            a = math.radians(360 / 14 * i)
            disc(0.5 + 0.17 * math.cos(a), 0.71 + 0.14 * math.sin(a), 0.052)
        disc(0.5, 0.71, 0.17)
        disc(0.5, 0.71, 0.125, ground)
        disc(0.5, 0.71, 0.095)


def lectern(s):
    c = s.c
    x, y, z = 3.0, 6.2, 0.4
    s.box(x + 0.1, y - 0.15, z, 1.35, 1.0, 0.02, (WOOD[4], WOOD[4], WOOD[4]))
    s.box(x, y, z, 1.05, 0.62, 1.02, (WOOD[0], WOOD[1], WOOD[3]), turn=-14)
    s.box(x - 0.08, y - 0.315, z + 0.14, 0.8, 0.02, 0.72, (WOOD[2], WOOD[2], WOOD[2]), turn=-14)
    s.box(x - 0.083, y - 0.33, z + 0.18, 0.72, 0.02, 0.64, (WOOD[1], WOOD[1], WOOD[2]), turn=-14)
    s.box(x, y, z + 1.02, 1.3, 0.8, 0.07, (WOOD[0], WOOD[2], WOOD[3]), turn=-14)
    s.sheet(x + 0.05, y + 0.05, z + 1.1, 0.5, 0.4, -14, PAPER[0])
    for u, h, tone in ((-0.44, 0.34, NAVY[3]), (-0.26, 0.44, RED[1]), (-0.08, 0.36, INK), (0.1, 0.46, BRASS[2]), (0.27, 0.36, GREEN[2]), (0.43, 0.42, INK)):
        a = s.cam.at(x + u, y - 0.1, z + 1.09)
        b = s.cam.at(x + u * 0.5, y + 0.12, z + 1.09 + h)
        d = (b[0] - a[0], b[1] - a[1])
        k = s.cam.scale(x, y, z)
        c.line([a, b], INK, 3.4)
        c.line([(b[0] - d[0] * 0.3, b[1] - d[1] * 0.3), b], tone, 0.085 * k, cap="round")
        c.line([(b[0] - d[0] * 0.42, b[1] - d[1] * 0.42), (b[0] - d[0] * 0.3, b[1] - d[1] * 0.3)], PAPER[1], 0.06 * k)


def plants(s):
    c, chance = s.c, rng("press plants")
    for x in (-8.3, 6.4):
        y = 8.6
        px, py = s.cam.at(x, y, 0.42)
        k = s.cam.scale(x, y, 0.4)
        for i in range(17):
            a = -160 + i * 8.7
            leaf(c, px, py - 0.62 * k, k * chance.uniform(1.0, 1.6), 0.14 * k, a, GREEN[3 + i % 3])
        s.lathe(x, y, 0.4, [(0.26, 0), (0.38, 0.66)], (PAPER[1], PAPER[3], PAPER[5]), 24)


def press_corps(s):
    """Reporters, nearest last: rows of backs, a camera on its tripod, a telephone held up."""
    c = s.c
    rows = [
        (2.6, 1.12, [-5.6, -4.6, -3.6, -2.6, -1.6, -0.3, 0.7, 1.7, 2.7, 3.7, 4.7, 5.6]),
        (1.0, 1.12, [-4.4, -3.4, -2.4, -0.8, 0.2, 1.2, 2.2, 3.2, 4.2]),
        (-0.6, 1.12, [-3.6, -2.6, -1.6, 0.5, 1.5, 3.2, 4.2]),
        (-2.2, 1.1, [-2.35, -1.3, -0.28, 0.75, 1.75, 2.8]),
    ]
    coats = [NAVY[6], GREY[5], WOOD[4], NAVY[5], GREEN[5], NAVY[6], GREY[4], RED[3], NAVY[5]]
    n = 0
    for y, z, xs in rows:
        for x in xs:
            n += 1
            px, py = s.cam.at(x, y, z - 0.06 * (n % 3))
            k = s.cam.scale(x, y, z)
            bust_back(c, px, py, k * 1.08, coats[n % 9], INK if n % 5 else WOOD[5], rim=NAVY[3], neck=SKIN[1], tilt=(n % 3 - 1) * 0.02, long=n % 4 == 2)
            chair(c, px, py, k, n)
    phone(s, -0.8, 0.85)
    tripod(s)
    photographer(s)


def chair(c, px, py, k, n):
    c.rect(px - 0.295 * k, py + 0.1 * k, 0.59 * k, 0.9 * k, NAVY[8], rx=round(0.05 * k))
    c.rect(px - 0.295 * k, py + 0.1 * k, 0.59 * k, 0.03 * k, NAVY[4], rx=3)


def phone(s, x, y):
    """The hall once more, small, on somebody's screen."""
    c = s.c
    px, py = s.cam.at(x + 0.1, y, 1.62)
    k = s.cam.scale(x, y, 1.5)
    w, h = 0.2 * k, 0.125 * k
    c.path(f"M{num(px + w * 1.1)} {num(py + 0.55 * k)} L{num(px + w * 0.62)} {num(py + h * 0.5)} L{num(px + w * 0.9)} {num(py - h * 0.1)} L{num(px + w * 1.18)} {num(py + h * 0.3)} L{num(px + w * 1.6)} {num(py + 0.55 * k)}Z", GREY[5])
    c.circle(px + w * 0.98, py + h * 0.2, 0.042 * k, SKIN[1])
    c.rect(px - w, py - h, 2 * w, 2 * h, INK, rx=7)
    c.rect(px - w * 0.93, py - h * 0.86, 1.86 * w, 1.72 * h, NAVY[5])
    for i, tone in enumerate((NAVY[3], GREEN[3], BRASS[2], RED[1])):
        c.rect(px - w * 0.8 + i * w * 0.3, py - h * 0.55, w * 0.25, h * 0.85, tone)
        c.rect(px - w * 0.8 + i * w * 0.3, py + h * 0.08, w * 0.25, h * 0.22, PAPER[1])
    c.rect(px + w * 0.52, py - h * 0.02, w * 0.22, h * 0.5, WOOD[1])
    c.rect(px - w * 0.93, py + h * 0.42, 1.86 * w, h * 0.44, WOOD[3])


def tripod(s):
    """A television camera on its tripod; its operator stands behind it."""
    c = s.c
    x, y = 2.46, 0.2
    px, py = s.cam.at(x, y, 1.86)
    k = s.cam.scale(x, y, 1.6)
    for dx in (-0.42, 0.04, 0.46):
        c.line([(px, py + 0.12 * k), (px + dx * k, py + 1.9 * k)], INK, 0.05 * k)
    c.rect(px - 0.34 * k, py - 0.2 * k, 0.58 * k, 0.34 * k, INK, rx=6)
    c.rect(px - 0.5 * k, py - 0.15 * k, 0.2 * k, 0.25 * k, NAVY[9], rx=4)
    c.rect(px - 0.22 * k, py - 0.36 * k, 0.36 * k, 0.06 * k, INK, rx=5)
    for dx in (-0.18, 0.1):
        c.line([(px + dx * k, py - 0.18 * k), (px + dx * k, py - 0.34 * k)], INK, 0.045 * k)
    c.line([(px - 0.4 * k, py - 0.27 * k), (px - 0.02 * k, py - 0.27 * k)], GREY[5], 0.085 * k, cap="round")
    c.circle(px - 0.27 * k, py - 0.11 * k, 0.02 * k, RED[1])
    ox, oy = px + 0.13 * k, py + 0.42 * k
    c.line([(ox - 0.14 * k, oy), (ox - 0.36 * k, oy + 0.14 * k), (px - 0.22 * k, py + 0.14 * k)], NAVY[6], 0.12 * k, cap="round")
    bust_back(c, ox, oy, k * 1.15, NAVY[6], INK, rim=NAVY[3], neck=SKIN[1], tilt=-0.03)
    c.rect(ox - 0.29 * k, oy + 0.3 * k, 0.58 * k, 2 * k, NAVY[6])


def photographer(s):
    """Standing at the left edge, camera up; a shape against the light."""
    c = s.c
    x, y = -1.75, -1.6
    px, py = s.cam.at(x, y, 1.5)
    k = s.cam.scale(x, y, 1.4)
    c.rect(px + 0.04 * k, py - 0.42 * k, 0.27 * k, 0.19 * k, INK, rx=8)
    c.rect(px + 0.11 * k, py - 0.48 * k, 0.1 * k, 0.09 * k, INK, rx=4)
    c.line([(px - 0.2 * k, py - 0.02 * k), (px - 0.43 * k, py + 0.2 * k), (px - 0.12 * k, py - 0.28 * k)], NAVY[8], 0.13 * k, cap="round")
    bust_back(c, px, py, k * 1.15, NAVY[7], INK, rim=NAVY[3], neck=SKIN[1], tilt=0.02)
    c.rect(px - 0.29 * k, py + 0.3 * k, 0.58 * k, 2 * k, NAVY[7])
    c.line([(px + 0.2 * k, py - 0.02 * k), (px + 0.47 * k, py + 0.14 * k)], NAVY[7], 0.15 * k, cap="round")
    c.line([(px + 0.47 * k, py + 0.14 * k), (px + 0.3 * k, py - 0.25 * k)], NAVY[6], 0.13 * k, cap="round")
    c.circle(px + 0.285 * k, py - 0.29 * k, 0.05 * k, SKIN[1])
    c.line([(px - 0.11 * k, py - 0.16 * k), (px + 0.2 * k, py + 0.5 * k)], WOOD[2], 0.034 * k)
    c.rect(px + 0.1 * k, py + 0.42 * k, 0.42 * k, 0.32 * k, WOOD[4], rx=8)
    c.rect(px + 0.1 * k, py + 0.42 * k, 0.42 * k, 0.12 * k, WOOD[3], rx=8)


def draw():
    c = Canvas(ground=NAVY[8])
    s = Stage(c, Camera((0.0, -6.2, 2.3), focal=1760, centre=(850, 432)), (-0.35, -0.7, 0.75))
    hall(s)
    panels(s)
    plants(s)
    lectern(s)
    press_corps(s)
    return c
