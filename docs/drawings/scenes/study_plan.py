"""The study plan: March on the wall, Tuesday and Thursday afternoons in cinnabar; 1+3+1+N in wood.

Every cell is a day. Its lower half is filled when the branches meet in the afternoon; the thin
navy line under it is the evening's reading; the brass dot on a Monday is the week's plan.
"""

from kit import *

LIGHT = (-0.6, -0.3, 0.85)
WALL_Y, TABLE_Z = 2.35, 0.74
CAL = (-1.5, 1.1, 1.17, 2.83)  # left, right, foot, top, in metres on the wall


def wall(s):
    c = s.c
    c.rect(0, 0, WIDTH, HEIGHT, mix(NAVY[1], PAPER[2], 0.62))
    # window light on the wall, with the shade of a plant in it
    for x0 in (-2.9, -1.55, 0.35, 1.7):
        s.face([(x0, WALL_Y, 0.4), (x0 + 1.15, WALL_Y, 0.4), (x0 + 2.5, WALL_Y, 3.8), (x0 + 1.35, WALL_Y, 3.8)], mix(NAVY[0], PAPER[1], 0.55), 0.75)
    s.wall_y(WALL_Y, -4, 4, 1.98, 2.04, mix(NAVY[1], PAPER[2], 0.62))


def calendar(s):
    c = s.c
    x0, x1, z0, z1 = CAL
    y = WALL_Y - 0.02

    def quad(a, b, u, v, fill, opacity=None, dy=0.0):
        s.wall_y(y - dy, x0 + a, x0 + b, z0 + u, z0 + v, fill, opacity)

    w, h = x1 - x0, z1 - z0
    s.wall_y(WALL_Y, x0 + 0.05, x1 + 0.05, z0 - 0.05, z1 - 0.03, NAVY[6], 0.28)
    quad(0, w, 0, h, PAPER[0])
    quad(0, w, h - 0.3, h, NAVY[6])
    for i in range(13):  # the wire binding
        px, py = s.cam.at(x0 + w * (i + 0.5) / 13, y, z1)
        c.rect(px - 4, py - 13, 8, 26, GREY[1], rx=4)
    px, py = s.cam.at(x0 + 0.08, y, z1 - 0.235)
    k = s.cam.scale(0, y, 1.8)
    c.text(px, py, "3", 0.25 * k, PAPER[0], 900)
    c.text(px + 0.17 * k, py, "月", 0.12 * k, PAPER[0], 700)
    px, py = s.cam.at(x1 - 0.08, y, z1 - 0.2)
    c.text(px, py, "2021", 0.12 * k, NAVY[1], 700, "end")
    gx, gw = 0.08, w - 0.16
    cw, top, ch = gw / 7, h - 0.48, 0.215
    for i, name in enumerate("一二三四五六日"):
        px, py = s.cam.at(x0 + gx + (i + 0.5) * cw, y, z0 + top + 0.045)
        c.text(px, py, name, 0.088 * k, RED[2] if i in (1, 3) else NAVY[6], 700, "middle")
    quad(gx, gx + gw, top + 0.005, top + 0.015, NAVY[7])
    for day in range(1, 32):
        col, row = (day - 1) % 7, (day - 1) // 7
        a, v1 = gx + col * cw, top - row * ch
        b, v0 = a + cw, v1 - ch
        if day >= 8:
            if col in (1, 3):
                quad(a + 0.012, b - 0.012, v0 + 0.03, v1 - 0.105, RED[2])
            quad(a + 0.012, b - 0.012, v0 + 0.008, v0 + 0.021, NAVY[4])
            if col == 0:
                c.circle(*s.cam.at(x0 + a + cw * 0.74, y, z0 + v1 - 0.055), 0.021 * k, BRASS[2])
        px, py = s.cam.at(x0 + a + 0.022, y, z0 + v1 - 0.083)
        c.text(px, py, str(day), 0.073 * k, NAVY[7] if col < 5 else GREY[3], 700)
        if day > 7:
            quad(a, b, v1 - 0.002, v1 + 0.002, GREY[1])
    for i in range(1, 7):
        quad(gx + i * cw - 0.002, gx + i * cw + 0.002, top - 5 * ch, top, GREY[1])
    quad(gx, gx + gw, top - 5 * ch - 0.004, top - 5 * ch + 0.004, NAVY[7])
    c.circle(*s.cam.at((x0 + x1) / 2, y, z1 + 0.1), 8, NAVY[7])
    c.line([s.cam.at(x0 + w * 0.3, y, z1 + 0.01), s.cam.at((x0 + x1) / 2, y, z1 + 0.1), s.cam.at(x0 + w * 0.7, y, z1 + 0.01)], NAVY[7], 2.5)


def table(s):
    s.face([(-5, 0.2, TABLE_Z), (5, 0.2, TABLE_Z), (5, WALL_Y - 0.03, TABLE_Z), (-5, WALL_Y - 0.03, TABLE_Z)], WOOD[1])
    for x0 in (-3.2, -1.85, 0.05, 1.4):
        s.face([(x0, 0.2, TABLE_Z), (x0 + 1.15, 0.2, TABLE_Z), (x0 + 0.75, WALL_Y - 0.03, TABLE_Z), (x0 - 0.4, WALL_Y - 0.03, TABLE_Z)], WOOD[0])
    s.wall_y(0.2, -5, 5, TABLE_Z - 0.09, TABLE_Z, WOOD[2])
    s.wall_y(0.2, -5, 5, TABLE_Z - 1, TABLE_Z - 0.09, WOOD[4])
    s.wall_y(0.2, -5, 5, TABLE_Z - 0.13, TABLE_Z - 0.09, WOOD[5])


def block(s, x, y, z, w, d, h, ramp, first, turn=0.0):
    s.box(x, y, TABLE_Z + z, w, d, h, tones(ramp, first), turn)


def plus(s, x, y):
    """A wooden plus standing on its foot."""
    a, t = 0.135, 0.045
    cross = [(-t, 0), (t, 0), (t, a - t), (a, a - t), (a, a + t), (t, a + t), (t, 2 * a), (-t, 2 * a), (-t, a + t), (-a, a + t), (-a, a - t), (-t, a - t)]
    s.prism(x, y, TABLE_Z, cross, 0.09, (PAPER[0], PAPER[1], PAPER[4]))


def blocks(s):
    y = 0.95
    for x, w, d, h in ((-1.72, 0.56, 0.5, 0.56), (-0.72, 0.62, 0.3, 0.7), (0.22, 0.36, 0.36, 0.36), (1.66, 1.66, 0.2, 0.5), (2.1, 0.7, 0.2, 0.95), (-1.22, 0.1, 0.09, 0.27), (-0.2, 0.1, 0.09, 0.27), (0.6, 0.1, 0.09, 0.27)):
        s.shadow(x, y, TABLE_Z, w, d, h, WOOD[3], 1, ground=TABLE_Z)
    block(s, -1.72, y, 0, 0.56, 0.5, 0.56, NAVY, 4, 9)
    plus(s, -1.22, y)
    for i, (ramp, first) in enumerate(((GREEN, 3), (BRASS, 2), (NAVY, 3))):
        block(s, -0.72 + (0.0, 0.015, -0.01)[i], y, i * 0.235, 0.62, 0.3, 0.23, ramp, first, (-2, 3, -4)[i])
    plus(s, -0.2, y)
    block(s, 0.22, y, 0, 0.36, 0.36, 0.36, RED, 1, -8)
    plus(s, 0.6, y)
    # N: steps of small blocks, more and more of them
    ramps = ((NAVY, 3), (GREEN, 2), (BRASS, 1), (RED, 0), (NAVY, 2), (WOOD, 0))
    chance = rng("blocks")
    for col in range(8, -1, -1):
        for row in range(min(col + 1, 6)):
            ramp, first = ramps[(col * 2 + row * 3) % 6]
            block(s, 0.92 + col * 0.19, y, row * 0.166, 0.166, 0.166, 0.166, ramp, first, chance.uniform(-4, 4))


def pots(s):
    """A pencil pot, and a plant at the edge."""
    c, chance = s.c, rng("pots")
    x, y = 0.98, 1.85
    for dx, dz, tone in ((-0.05, 0.42, RED[2]), (0.02, 0.47, BRASS[2]), (0.06, 0.4, GREEN[4]), (-0.01, 0.38, NAVY[4])):
        a, b = s.cam.at(x + dx * 0.6, y, TABLE_Z + 0.1), s.cam.at(x + dx * 1.9, y, TABLE_Z + dz)
        c.line([a, b], tone, 9)
        c.line([b, (b[0] + (b[0] - a[0]) * 0.06, b[1] - 12)], PAPER[2], 6)
    s.lathe(x, y, TABLE_Z, [(0.1, 0), (0.115, 0.22)], (PAPER[0], PAPER[2], PAPER[4]), 32)
    x, y = -2.72, 1.7
    px, py = s.cam.at(x, y, TABLE_Z + 0.3)
    k = s.cam.scale(x, y, TABLE_Z)
    s.c.poly([s.cam.at(x + 0.3 + 0.34 * math.cos(i / 30 * 6.283), y + 0.05 + 0.14 * math.sin(i / 30 * 6.283), TABLE_Z) for i in range(30)], WOOD[5], 0.3)
    for i in range(19):
        leaf(c, px, py, k * chance.uniform(0.5, 0.95), 0.1 * k, -168 + i * 9, (GREEN[3], GREEN[4], GREEN[5], GREEN[2])[i % 4])
    s.lathe(x, y, TABLE_Z, [(0.16, 0), (0.21, 0.31)], (RED[1], mix(RED[1], WOOD[2], 0.4), RED[3]), 32)


def draw():
    c = Canvas()
    s = Stage(c, Camera((-0.05, -3.5, 2.0), focal=1640, centre=(800, 408)), LIGHT)
    wall(s)
    calendar(s)
    table(s)
    pots(s)
    blocks(s)
    return c
