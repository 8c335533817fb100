"""The night school: dusk in the windows, a projector's light, a full class seen from behind."""

from kit import *

ROOM_W, ROOM_D, ROOM_H = 9.4, 11.5, 3.6
WINDOWS = [(-0.6, 1.5), (2.3, 4.4), (5.2, 7.3), (8.1, 10.2)]
SCREEN = (3.3, 7.5, 1.12, 3.12)  # left, right, foot, top


def dusk(s, a, b):
    """One window: the sky in bands, roofs and lit panes across the street."""
    c = s.c
    z0, z1 = 1.05, 3.2
    s.wall_x(0, a - 0.12, b + 0.12, z0 - 0.12, z1 + 0.12, WOOD[4])
    pane = s.cam.pts([(0, a, z0), (0, b, z0), (0, b, z1), (0, a, z1)])
    c.poly(pane, DUSK[0])
    with c.clip(pane):
        for lo, colour in ((1.62, DUSK[1]), (1.92, DUSK[2]), (2.25, DUSK[3]), (2.6, DUSK[4]), (2.95, NAVY[4])):
            s.wall_x(0, a, b, lo, z1, colour)
        chance = rng(f"street {a}")
        y = a - 0.1
        while y < b:
            w, h = chance.uniform(0.35, 0.8), chance.uniform(0.25, 0.75)
            s.wall_x(0, y, y + w, z0, z0 + h, NAVY[6] if chance.random() < 0.5 else mix(NAVY[6], DUSK[4], 0.3))
            for _ in range(4):
                u, v = y + chance.uniform(0.05, w - 0.1), z0 + chance.uniform(0.06, max(0.1, h - 0.12))
                s.wall_x(0, u, u + 0.06, v, v + 0.09, BRASS[1])
            y += w
        if a == WINDOWS[2][0]:
            px, py = s.cam.at(0, a + 1.35, 2.78)
            c.circle(px, py, 17, PAPER[0])
            c.circle(px + 9, py - 5, 15, DUSK[4])
    for y in (a, (a + b) / 2, b):
        s.wall_x(0, y - 0.045, y + 0.045, z0, z1, WOOD[5])
    for z in (z0, z0 + 1.5, z1):
        s.wall_x(0, a, b, z - 0.04, z + 0.04, WOOD[5])
    s.face([(0, a - 0.15, z0 - 0.12), (0.28, a - 0.15, z0 - 0.12), (0.28, b + 0.15, z0 - 0.12), (0, b + 0.15, z0 - 0.12)], WOOD[3])


def room(s):
    s.floor(0, -4, ROOM_W, ROOM_D, NAVY[7])
    for i in range(1, 10):
        s.stroke([(i * ROOM_W / 10, -2.2, 0), (i * ROOM_W / 10, ROOM_D, 0)], NAVY[8], 0.02)
    s.face([(0, -4, ROOM_H), (ROOM_W, -4, ROOM_H), (ROOM_W, ROOM_D, ROOM_H), (0, ROOM_D, ROOM_H)], NAVY[8])
    s.wall_y(ROOM_D, 0, ROOM_W, 0, ROOM_H, NAVY[5])
    s.wall_y(ROOM_D, 0, ROOM_W, 0, 1.0, NAVY[6])
    s.wall_x(ROOM_W, -4, ROOM_D, 0, ROOM_H, NAVY[6])
    s.wall_x(ROOM_W, -4, ROOM_D, 0, 1.0, NAVY[7])
    s.wall_x(0, -4, ROOM_D, 0, ROOM_H, NAVY[7])
    s.wall_x(0, -4, ROOM_D, 0, 0.94, NAVY[8])
    for a, b in WINDOWS:
        dusk(s, a, b)
    for a, b in WINDOWS:  # the last of the light on the floor
        s.face([(0.3, a + 0.2, 0), (0.3, b + 0.2, 0), (2.2, b + 0.5, 0), (2.2, a + 0.5, 0)], DUSK[3], 0.3)
    for y in (1.5, 4.5, 7.5, 10.3):
        for x in (2.2, 7.0):
            s.box(x, y, 3.34, 1.5, 0.16, 0.06, (NAVY[5], NAVY[5], NAVY[6]))
    # noticeboard and shelves on the right
    s.wall_x(ROOM_W - 0.02, 4.2, 8.6, 1.35, 2.75, WOOD[3])
    s.wall_x(ROOM_W - 0.03, 4.3, 8.5, 1.43, 2.67, NAVY[5])
    for y, z, d, h, tone in ((4.5, 1.6, 0.9, 0.85, PAPER[3]), (5.65, 1.75, 0.8, 0.7, GREY[2]), (6.65, 1.55, 0.75, 0.95, PAPER[4]), (7.6, 1.8, 0.7, 0.6, RED[3])):
        s.wall_x(ROOM_W - 0.04, y, y + d, z, z + h, tone)
        for k in range(3):
            s.wall_x(ROOM_W - 0.05, y + 0.1, y + d - 0.12, z + h - 0.2 - k * 0.16, z + h - 0.16 - k * 0.16, NAVY[6])


def screen(s):
    """A slide with three bars and a line, no words."""
    c, y = s.c, ROOM_D - 0.03
    x0, x1, z0, z1 = SCREEN
    s.wall_y(y, x0 - 1.1, x1 + 1.1, z0 - 0.5, z1 + 0.3, NAVY[4], 0.5)
    s.wall_y(y, x0 - 0.07, x1 + 0.07, z0 - 0.07, z1 + 0.07, NAVY[9])
    s.wall_y(y, x0, x1, z0, z1, PAPER[0])
    s.wall_y(y, x0, x1, z1 - 0.34, z1, NAVY[5])
    s.wall_y(y, x0 + 0.2, x0 + 2.1, z1 - 0.2, z1 - 0.13, PAPER[0])
    base = z0 + 0.3
    s.wall_y(y, x0 + 0.25, x0 + 2.3, base - 0.015, base + 0.015, NAVY[5])
    for i, (h, tone) in enumerate(((0.45, NAVY[3]), (0.72, NAVY[4]), (1.02, RED[2]))):
        s.wall_y(y, x0 + 0.42 + i * 0.62, x0 + 0.84 + i * 0.62, base, base + h, tone)
    for i, end in enumerate((1.55, 1.4, 1.55, 1.0, 1.5, 0.8)):
        tone = RED[2] if i == 0 else GREY[3]
        s.wall_y(y, x0 + 2.5, x0 + 2.5 + end * 0.95, z1 - 0.62 - i * 0.2, z1 - 0.56 - i * 0.2, tone)
    px, py = s.cam.at(2.2, y, 2.85)  # half past seven
    k = s.cam.scale(2.2, y, 2.8)
    c.circle(px, py, 0.3 * k, NAVY[8])
    c.circle(px, py, 0.26 * k, PAPER[2])
    c.line([(px, py), (px - 0.1 * k, py + 0.09 * k)], INK, 3, cap="round")
    c.line([(px, py), (px, py + 0.2 * k)], INK, 2.2, cap="round")


def teacher(s):
    x, y = 8.3, 10.3
    px, py = s.cam.at(x, y, 1.36)
    k = s.cam.scale(x, y, 1.3)
    bust_back(s.c, px, py, k * 1.1, NAVY[8], INK, rim=NAVY[2], neck=mix(SKIN[1], NAVY[8], 0.5))
    s.c.rect(px - 0.27 * k, py + 0.3 * k, 0.54 * k, 0.7 * k, NAVY[8])
    s.c.line([(px - 0.22 * k, py + 0.02 * k), (px - 0.5 * k, py + 0.02 * k), (px - 0.72 * k, py - 0.18 * k)], NAVY[8], 0.11 * k, cap="round")
    s.c.line([(px - 0.7 * k, py - 0.16 * k), (px - 1.1 * k, py - 0.42 * k)], WOOD[0], 3, cap="round")
    s.box(8.35, 9.9, 0, 0.95, 0.6, 1.1, (WOOD[2], WOOD[3], WOOD[4]))
    s.sheet(8.35, 9.9, 1.11, 0.4, 0.3, 0, PAPER[0])


def projector(s):
    """Hung from the ceiling; its beam is one pale veil."""
    c = s.c
    x, y, z = 5.4, 4.4, 3.02
    lens = s.cam.at(x, y + 0.25, z + 0.06)
    x0, x1, z0, z1 = SCREEN
    far = [s.cam.at(*p) for p in ((x0, ROOM_D - 0.05, z0), (x1, ROOM_D - 0.05, z0), (x1, ROOM_D - 0.05, z1), (x0, ROOM_D - 0.05, z1))]
    c.poly(hull([lens, *far]), PAPER[0], 0.1)
    c.poly([lens, far[0], far[1]], PAPER[0], 0.07)
    s.box(x, y, z + 0.2, 0.06, 0.06, ROOM_H - z - 0.2, (NAVY[4], NAVY[4], NAVY[6]))
    s.box(x, y, z, 0.5, 0.5, 0.2, (NAVY[1], NAVY[3], NAVY[4]))
    c.circle(*s.cam.at(x + 0.16, y - 0.26, z + 0.1), 3, RED[1])


def bench(s, x, y, n):
    """A desk for two, and the two."""
    c = s.c
    w, d, h = 1.75, 0.55, 0.76
    for u in (-0.82, 0.82):
        s.box(x + u, y + 0.2, 0, 0.05, 0.05, h, (NAVY[6], NAVY[7], NAVY[9]))
        s.box(x + u, y - 0.2, 0, 0.05, 0.05, h, (NAVY[6], NAVY[7], NAVY[9]))
    s.box(x, y, h - 0.05, w, d, 0.06, (WOOD[2], WOOD[3], WOOD[4]))
    for u in (-0.43, 0.43):
        s.sheet(x + u - 0.13, y + 0.05, h + 0.015, 0.24, 0.32, 3, PAPER[1], 5, GREY[2])
        s.sheet(x + u + 0.12, y + 0.05, h + 0.015, 0.24, 0.32, 3, PAPER[0], 5 if n % 2 else 2, GREY[2])
    if n % 3 == 1:
        s.lathe(x + 0.02, y + 0.1, h, [(0.045, 0), (0.05, 0.16)], (NAVY[1], NAVY[3], NAVY[4]), 16, cap=NAVY[2])
    coats = (NAVY[5], NAVY[6], NAVY[5], GREY[5], NAVY[6], NAVY[5], WOOD[4])
    for i, u in enumerate((-0.43, 0.43)):
        if (n, i) in ((7, 1), (3, 0)):
            continue
        px, py = s.cam.at(x + u, y - 0.55, 1.08 - 0.05 * ((n + i) % 3))
        k = s.cam.scale(x + u, y - 0.55, 1.1)
        warm = x < 3
        bust_back(c, px, py, k * 1.05, coats[(n * 2 + i) % 7], INK, rim=DUSK[2] if warm else NAVY[2], neck=mix(SKIN[1], NAVY[8], 0.3), tilt=((n + i) % 3 - 1) * 0.025, long=(n + 2 * i) % 4 == 1)
        c.rect(px - 0.23 * k, py + 0.14 * k, 0.46 * k, 0.3 * k, NAVY[8], rx=round(0.04 * k))
        c.rect(px - 0.23 * k, py + 0.14 * k, 0.46 * k, 0.03 * k, NAVY[4], rx=2)
        for v in (-0.18, 0.18):
            c.line([(px + v * k, py + 0.4 * k), (px + v * 1.1 * k, py + 1.02 * k)], NAVY[8], 0.045 * k)


def draw():
    c = Canvas(ground=NAVY[8])
    s = Stage(c, Camera((6.3, -3.3, 2.55), focal=1230, centre=(960, 372)), (-0.6, -0.4, 0.8))
    room(s)
    screen(s)
    teacher(s)
    n = 0
    for y in (8.4, 6.7, 5.0, 3.3, 1.6, -0.1):
        if y < 3.5 and y > 3.2:
            projector(s)
        for x in (1.75, 4.45, 7.15):
            n += 1
            bench(s, x, y, n)
    return c
