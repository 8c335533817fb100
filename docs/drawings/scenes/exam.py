"""The examination hall before the examination: morning light, papers laid out, one invigilator."""

from kit import *

LIGHT = (-0.75, -0.12, 0.62)
ROOM_W, ROOM_D, ROOM_H = 11.0, 13.5, 3.7
COLUMNS = [1.55, 3.45, 5.35, 7.25, 9.15]
ROWS = [10.2, 8.45, 6.7, 4.95, 3.2, 1.45]
WINDOWS = [(1.0, 3.4), (4.3, 6.7), (7.6, 10.0), (10.9, 12.9)]


SLANT = 0.16  # how far sunlight drifts down the room for each metre it goes in


def lit(x, y):
    """Whether sunlight from a window falls on the desk at (x, y)."""
    return x < 6.4 and any(a < y - SLANT * x < b for a, b in WINDOWS)


def room(s):
    s.floor(0, -3, ROOM_W, ROOM_D, PAPER[3])
    for i in range(1, 12):  # floor boards
        s.stroke([(i * ROOM_W / 12, -2.9, 0), (i * ROOM_W / 12, ROOM_D, 0)], PAPER[4], 0.012, 0.7)
    for a, b in WINDOWS:  # sunlight on the floor, crossed by the window bars
        for k in range(2):
            y0, y1 = a + (b - a) * k / 2 + 0.06, a + (b - a) * (k + 1) / 2 - 0.06
            for x0, x1 in ((0.9, 3.3), (3.5, 6.3)):
                s.face([(x0, y0 + SLANT * x0, 0), (x1, y0 + SLANT * x1, 0), (x1, y1 + SLANT * x1, 0), (x0, y1 + SLANT * x0, 0)], PAPER[1], 0.75)
    s.face([(0, -3, ROOM_H), (ROOM_W, -3, ROOM_H), (ROOM_W, ROOM_D, ROOM_H), (0, ROOM_D, ROOM_H)], PAPER[1])
    for y in (9.6, 5.8, 2.0):  # lamps and fans hang from the ceiling, drawn later
        s.stroke([(0, y, ROOM_H), (ROOM_W, y, ROOM_H)], PAPER[2], 0.05)
    # far wall, right wall: the right one takes the light
    s.wall_y(ROOM_D, 0, ROOM_W, 0, ROOM_H, PAPER[2])
    s.wall_y(ROOM_D, 0, ROOM_W, 0, 1.05, GREEN[2])
    s.wall_y(ROOM_D, 0, ROOM_W, 1.05, 1.11, GREEN[3])
    s.wall_x(ROOM_W, -3, ROOM_D, 0, ROOM_H, mix(PAPER[1], PAPER[2], 0.4))
    s.wall_x(ROOM_W, -3, ROOM_D, 0, 1.05, GREEN[1])
    s.wall_x(ROOM_W, -3, ROOM_D, 1.05, 1.11, GREEN[2])
    # left wall in shade, with windows
    s.wall_x(0, -3, ROOM_D, 0, ROOM_H, PAPER[3])
    s.wall_x(0, -3, ROOM_D, 0, 1.05, GREEN[3])
    s.wall_x(0, -3, ROOM_D, 1.05, 1.11, GREEN[4])
    for a, b in WINDOWS:
        window(s, a, b)


def window(s, a, b):
    c = s.c
    z0, z1 = 1.25, 3.25
    s.wall_x(0, a - 0.1, b + 0.1, z0 - 0.1, z1 + 0.1, PAPER[0])
    pane = s.cam.pts([(0, a, z0), (0, b, z0), (0, b, z1), (0, a, z1)])
    c.poly(pane, NAVY[1])
    with c.clip(pane):  # poplars and a far roof outside
        s.wall_x(0, a, b, z0, z0 + 1.15, NAVY[0])
        for i in range(5):
            y = a + (b - a) * (i + 0.35) / 5
            top = z0 + 1.0 + 0.45 * ((i * 7 + int(a * 3)) % 3) / 2
            p, q = s.cam.at(0, y, z0 - 0.3), s.cam.at(0, y, top)
            k = s.cam.scale(0, y, z0)
            c.ellipse(p[0], (p[1] + q[1]) / 2, 0.1 * k, abs(p[1] - q[1]) / 2, GREEN[1 + i % 2])
        s.wall_x(0, a, b, z0, z0 + 0.3, GREEN[2])
    m = (a + b) / 2
    s.wall_x(0, m - 0.05, m + 0.05, z0, z1, PAPER[0])
    s.wall_x(0, a, b, z0 + 1.35, z0 + 1.43, PAPER[0])
    s.face([(0, a - 0.15, z0 - 0.1), (0.25, a - 0.15, z0 - 0.1), (0.25, b + 0.15, z0 - 0.1), (0, b + 0.15, z0 - 0.1)], PAPER[1])


def front(s):
    """Blackboard, clock, platform, lectern and the one who keeps watch."""
    c, y = s.c, ROOM_D - 0.02
    s.wall_y(y, 3.0, 8.0, 1.12, 2.72, WOOD[2])
    s.wall_y(y, 3.09, 7.91, 1.2, 2.64, GREEN[5])
    s.wall_y(y, 3.09, 5.5, 1.2, 2.64, GREEN[6], 0.45)
    for z, x0, x1 in ((2.32, 4.4, 6.6), (1.98, 3.9, 5.1), (1.74, 3.9, 5.6), (1.5, 3.9, 5.0), (1.98, 5.9, 7.0), (1.74, 5.9, 7.2)):
        s.wall_y(y - 0.01, x0, x1, z - 0.03, z + 0.03, GREEN[1] if z < 2.3 else PAPER[1])
    s.box(5.5, ROOM_D - 0.1, 1.1, 4.9, 0.16, 0.04, (WOOD[0], WOOD[1], WOOD[2]))
    x, py = s.cam.at(5.5, y, 3.14)
    k = s.cam.scale(5.5, y, 3.14)
    c.circle(x, py, 0.34 * k, NAVY[7])
    c.circle(x, py, 0.29 * k, PAPER[0])
    for i in range(12):
        a = math.radians(30 * i)
        c.line([(x + 0.22 * k * math.sin(a), py - 0.22 * k * math.cos(a)), (x + 0.27 * k * math.sin(a), py - 0.27 * k * math.cos(a))], NAVY[7], 1.6)
    c.line([(x, py), (x - 0.13 * k, py - 0.07 * k)], NAVY[7], 3.4, cap="round")  # six minutes to ten
    c.line([(x, py), (x - 0.1 * k, py - 0.2 * k)], RED[2], 2.6, cap="round")
    s.box(5.5, ROOM_D - 0.95, 0, 7.6, 1.9, 0.2, (WOOD[1], WOOD[2], WOOD[3]))
    fx, fy = s.cam.at(3.35, 12.6, 0.2)
    standing_back(c, fx, fy, s.cam.scale(3.35, 12.6, 0.2), NAVY[6], NAVY[8], INK)
    s.box(7.3, 12.3, 0.2, 1.15, 0.6, 1.0, (WOOD[0], WOOD[1], WOOD[3]))
    s.sheet(7.3, 12.3, 1.21, 0.5, 0.36, 4, PAPER[0])


def ceiling(s):
    """Tube lamps and fans on rods, farthest first."""
    for y in (9.6, 5.8, 2.0):
        for x in (2.3, 5.5, 8.7) if y < 9 else (2.3, 8.7):  # none before the clock
            for u in (-0.5, 0.5):
                s.stroke([(x + u, y, ROOM_H), (x + u, y, 3.26)], GREY[2], 0.015)
            s.box(x, y, 3.2, 1.5, 0.16, 0.05, (NAVY[2], NAVY[3], NAVY[3]))
            s.box(x, y, 3.15, 1.4, 0.09, 0.05, (PAPER[0], PAPER[0], PAPER[0]))
        for x in (3.9, 7.1) if y < 9 else (3.9,):
            z = 3.12
            s.stroke([(x, y - 1.2, ROOM_H), (x, y - 1.2, z)], NAVY[4], 0.03)
            for k in range(3):
                a = math.radians(20 + 120 * k + 31 * y)
                u, v = math.cos(a), math.sin(a)
                s.face([(x + 0.12 * u - 0.05 * v, y - 1.2 + 0.12 * v + 0.05 * u, z), (x + 0.62 * u - 0.08 * v, y - 1.2 + 0.62 * v + 0.08 * u, z), (x + 0.62 * u + 0.06 * v, y - 1.2 + 0.62 * v - 0.06 * u, z), (x + 0.12 * u + 0.05 * v, y - 1.2 + 0.12 * v - 0.05 * u, z)], NAVY[4])
            s.lathe(x, y - 1.2, z - 0.06, [(0.1, 0), (0.12, 0.06), (0.06, 0.12)], (NAVY[3], NAVY[4], NAVY[5]), 14)


def desk(s, x, y, n):
    c = s.c
    on = lit(x, y)
    top = WOOD[0] if on else WOOD[1]
    w, d, h = 0.98, 0.6, 0.76
    lx = x - 0.5
    s.face([(lx + 0.12, y - 0.3, 0), (lx + 1.2, y - 0.3, 0), (lx + 1.34, y + 0.3, 0), (lx + 0.26, y + 0.3, 0)], PAPER[4], 0.8)  # shadow
    for u in (-0.43, 0.43):
        for v in (0.25, -0.25):
            s.box(x + u, y + v, 0, 0.045, 0.045, h, (NAVY[4], NAVY[5], NAVY[7]))
    s.box(x, y + 0.1, 0.52, 0.86, 0.36, 0.2, (WOOD[3], WOOD[3], WOOD[4]))
    s.box(x, y, h - 0.04, w, d, 0.045, (top, WOOD[2], WOOD[3]))
    z = h + 0.008
    turn = (n * 37 % 7) - 3
    s.sheet(x - 0.02, y + 0.02, z, 0.42, 0.46, turn * 0.7, PAPER[0] if on else PAPER[1], 8, GREY[1], short=(7,))
    s.sheet(x - 0.02, y + 0.19, z + 0.002, 0.26, 0.028, turn * 0.7, NAVY[5])
    a = s.cam.at(x + 0.3, y - 0.14, z)
    b = s.cam.at(x + 0.36, y + 0.16, z)
    c.line([a, b], RED[2] if n % 3 == 0 else NAVY[7], max(1.4, 0.018 * s.cam.scale(x, y, z)), cap="round")


def chair(s, x, y, n):
    """From behind: two posts, a seat and a back."""
    metal = (NAVY[5], NAVY[6], NAVY[8])
    dx = ((n * 29) % 5 - 2) * 0.02
    x += dx
    s.face([(x - 0.1, y - 0.2, 0), (x + 0.42, y - 0.2, 0), (x + 0.5, y + 0.2, 0), (x, y + 0.2, 0)], PAPER[4], 0.8)
    for u in (-0.19, 0.19):
        s.box(x + u, y + 0.19, 0, 0.035, 0.035, 0.44, metal)
    s.box(x, y, 0.42, 0.44, 0.42, 0.05, (NAVY[3], NAVY[5], NAVY[6]))
    for u in (-0.19, 0.19):
        s.box(x + u, y - 0.19, 0, 0.035, 0.035, 0.84, metal)
    s.box(x, y - 0.19, 0.58, 0.44, 0.04, 0.28, (NAVY[3], NAVY[4], NAVY[6]))


def draw():
    c = Canvas(ground=PAPER[2])
    s = Stage(c, Camera((7.35, -2.0, 2.45), focal=1130, centre=(1000, 318)), LIGHT)
    room(s)
    front(s)
    ceiling(s)
    n = 0
    for y in ROWS:
        for x in sorted(COLUMNS, key=lambda v: -abs(v - 7.35)):
            n += 1
            desk(s, x, y, n)
            chair(s, x, y - 0.62, n)
    return c
