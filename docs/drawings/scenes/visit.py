"""The open day: display boards along the walk, visitors seen from behind, the entrance ahead."""

from kit import *

LIGHT = (-0.62, -0.5, 0.62)
FACE = 19.0  # where the front of the building stands
WALL = (PAPER[0], PAPER[2], PAPER[4])


def sky(c):
    c.rect(0, 0, WIDTH, HEIGHT, NAVY[1])
    for y, colour in ((150, mix(NAVY[1], NAVY[0], 0.4)), (300, mix(NAVY[1], NAVY[0], 0.8)), (430, PAPER[1])):
        c.rect(0, y, WIDTH, HEIGHT - y, colour)
    for x, y, k in ((70, 150, 1.0), (640, 70, 0.7)):
        for dx, dy, w in ((0, 0, 230), (46, -26, 130), (-60, 24, 210)):
            c.rect(x + dx * k, y + dy * k, w * k, 28 * k, PAPER[0], rx=round(14 * k))


def town(s):
    c, chance = s.c, rng("visit town")
    x = -60
    while x < 520:
        w, h = chance.randrange(60, 120), chance.randrange(50, 170)
        c.rect(x, 560 - h, w + 1, h + 40, mix(NAVY[1], PAPER[2], 0.35) if chance.random() < 0.5 else mix(NAVY[2], PAPER[2], 0.45))
        x += w


def building(s):
    """Four storeys of bays; the entrance under its canopy."""
    x0, x1, top, bay = -9.0, 21.0, 14.0, 2.5
    s.box(x0 + 17.5, FACE + 7, top, 7, 5, 3.4, (PAPER[1], PAPER[2], PAPER[4]))
    s.box((x0 + x1) / 2, FACE + 5.8, top, x1 - x0 + 1.2, 12.8, 0.7, (NAVY[3], NAVY[5], NAVY[6]), seam=False)
    s.box((x0 + x1) / 2, FACE + 6, 0, x1 - x0, 12, top, WALL)
    n = int((x1 - x0) / bay)
    for f in range(1, 4):
        z = 1.5 + f * 3.3
        s.wall_y(FACE - 0.01, x0, x1, z - 0.75, z - 0.4, PAPER[1])
        for i in range(n):
            a = x0 + i * bay + 0.42
            b = a + bay - 0.84
            s.wall_y(FACE - 0.02, a - 0.12, b + 0.12, z - 0.12, z + 2.0, PAPER[0])
            s.wall_y(FACE - 0.03, a, b, z, z + 1.9, NAVY[3])
            s.face([(a, FACE - 0.04, z + 0.5), (b, FACE - 0.04, z + 1.2), (b, FACE - 0.04, z + 1.9), (a, FACE - 0.04, z + 1.9)], NAVY[2])
            if (i * 5 + f * 3) % 7 == 0:
                s.wall_y(FACE - 0.045, a, b, z + 1.1, z + 1.9, PAPER[1])
            s.wall_y(FACE - 0.05, (a + b) / 2 - 0.05, (a + b) / 2 + 0.05, z, z + 1.9, PAPER[0])
            s.wall_y(FACE - 0.05, a, b, z + 1.25, z + 1.33, PAPER[0])
    for i in range(n + 1):
        a = x0 + i * bay
        s.wall_y(FACE - 0.06, max(x0, a - 0.16), min(x1, a + 0.16), 4.2, top, PAPER[3])
    # ground floor in stone
    s.wall_y(FACE - 0.07, x0, x1, 0, 4.2, GREY[2])
    s.wall_y(FACE - 0.08, x0, x1, 3.9, 4.2, GREY[1])
    for i in range(n):
        a = x0 + i * bay + 0.35
        if not 2 <= i <= 6:
            s.wall_y(FACE - 0.08, a, a + bay - 0.7, 1.1, 3.3, NAVY[4])
            s.face([(a, FACE - 0.09, 2.0), (a + bay - 0.7, FACE - 0.09, 2.7), (a + bay - 0.7, FACE - 0.09, 3.3), (a, FACE - 0.09, 3.3)], NAVY[3])
            s.wall_y(FACE - 0.1, a + (bay - 0.7) / 2 - 0.05, a + (bay - 0.7) / 2 + 0.05, 1.1, 3.3, PAPER[1])
    entrance(s, x0 + 2 * bay, x0 + 7 * bay)


def entrance(s, x0, x1):
    c = s.c
    s.wall_y(FACE - 0.09, x0, x1, 0.6, 3.8, NAVY[5])
    for i in range(9):
        a = x0 + (x1 - x0) * i / 9
        s.wall_y(FACE - 0.1, a + 0.08, a + (x1 - x0) / 9 - 0.08, 0.6, 3.7, NAVY[4] if i not in (4, 5) else NAVY[7])
        s.face([(a + 0.08, FACE - 0.11, 1.8), (a + (x1 - x0) / 9 - 0.08, FACE - 0.11, 2.6), (a + (x1 - x0) / 9 - 0.08, FACE - 0.11, 3.7), (a + 0.08, FACE - 0.11, 3.7)], NAVY[3] if i not in (4, 5) else NAVY[6])
    s.wall_y(FACE - 0.12, x0, x1, 2.95, 3.05, BRASS[3])
    for k in range(4):
        d = 5.2 - k * 0.38
        s.box((x0 + x1) / 2, FACE - d / 2, 0, x1 - x0 + 2.2 - k * 0.5, d, 0.15 * (k + 1), (PAPER[0], PAPER[3], PAPER[5]), seam=False)
    for x in (x0 - 0.4, x0 + 3.4, x1 - 3.4, x1 + 0.4):
        s.shadow(x, FACE - 3.4, 0.6, 0.6, 0.6, 3.6, GREY[4], 0.35, ground=0.6)
        s.box(x, FACE - 3.4, 0.6, 0.62, 0.62, 3.6, (PAPER[0], PAPER[0], PAPER[3]))
    s.face([(x0 - 1, FACE - 4.3, 4.2), (x1 + 1, FACE - 4.3, 4.2), (x1 + 1, FACE, 4.2), (x0 - 1, FACE, 4.2)], GREY[3])
    s.box((x0 + x1) / 2, FACE - 2.15, 4.2, x1 - x0 + 2, 4.3, 0.75, (NAVY[4], NAVY[5], NAVY[7]), seam=False)
    s.wall_y(FACE - 4.31, x0 - 1, x1 + 1, 4.2, 4.28, BRASS[2])
    for x, coat in ((x0 + 5.4, NAVY[6]), (x0 + 6.6, NAVY[6])):  # those who receive them, at the door
        px, py = s.cam.at(x, FACE - 2.4, 0.6)
        standing_back(c, px, py, s.cam.scale(x, FACE - 2.4, 0.6), coat, NAVY[8], INK)


def ground(s):
    c = s.c
    s.floor(-60, -6, 60, 60, GREEN[1])
    s.floor(-60, 9, 60, 60, GREEN[2])
    s.face([(-3.4, -6, 0.0), (7.6, -6, 0.0), (8.6, FACE - 4, 0.0), (-5.2, FACE - 4, 0.0)], PAPER[2])
    s.floor(-14, 8.6, 30, FACE - 0.1, PAPER[2])
    for i in range(12):  # paving
        y = -5 + i * 1.6
        if y < FACE - 5:
            s.stroke([(-3.5 - (y + 6) * 0.09, y, 0.01), (7.6 + (y + 6) * 0.05, y, 0.01)], PAPER[3], 0.05, cap="butt")
    for x in (-0.6, 2.1, 4.9):
        s.stroke([(x, -5.8, 0.01), (x, 8.6, 0.01)], PAPER[3], 0.05, cap="butt")
    # beds of flowers along the right
    s.box(9.3, 2.5, 0, 1.4, 10, 0.32, (GREEN[3], PAPER[4], PAPER[5]), seam=False)
    chance = rng("beds")
    for i in range(150):
        x, y = chance.uniform(8.7, 9.9), 7.4 - i * 10 / 150
        px, py = s.cam.at(x, y, 0.36)
        k = s.cam.scale(x, y, 0.3)
        c.circle(px, py, 0.09 * k, GREEN[3 + i % 2])
        if i % 2:
            c.circle(px, py - 0.06 * k, 0.065 * k, (RED[1], BRASS[1], PAPER[0])[i % 3])


def board(s, x, y, n):
    """One display board on two legs, facing the walk."""
    c = s.c
    d, z0, z1 = 2.5, 0.8, 2.65
    lean = 0.55  # the boards turn a little towards those who come
    ax, ay, bx, by = x - lean / 2, y + d / 2, x + lean / 2, y - d / 2

    def at(u, z):  # u 0 at the near end
        return bx + (ax - bx) * u, by + (ay - by) * u, z

    def quad(u0, u1, v0, v1, fill):
        s.face([at(u0, v0), at(u1, v0), at(u1, v1), at(u0, v1)], fill)

    s.face([at(0, 0.005), at(1, 0.005), (ax + 1.0, ay + 0.55, 0.005), (bx + 1.0, by + 0.55, 0.005)], GREEN[5], 0.3)
    for u in (0.08, 0.92):
        p = at(u, 0)
        s.box(p[0], p[1], 0, 0.1, 0.1, z1 + 0.05, (GREY[3], GREY[4], GREY[5]))
    quad(-0.02, 1.02, z0 - 0.06, z1 + 0.06, NAVY[7])
    quad(0.0, 1.0, z0, z1, PAPER[0])
    quad(0.0, 1.0, z1 - 0.26, z1, (NAVY[5], RED[2], NAVY[5], GREEN[4])[n % 4])
    quad(0.56, 0.94, z1 - 0.16, z1 - 0.1, PAPER[0])
    tone = (NAVY[2], BRASS[1], GREEN[2], NAVY[3])[n % 4]
    quad(0.54, 0.94, z0 + 0.55, z1 - 0.36, tone)
    with c.clip(s.cam.pts([at(0.54, z0 + 0.55), at(0.94, z0 + 0.55), at(0.94, z1 - 0.36), at(0.54, z1 - 0.36)])):
        s.face([at(0.54, z0 + 0.5), at(0.74, z0 + 1.0), at(0.98, z0 + 0.5)], mix(tone, NAVY[6], 0.45))
    quad(0.06, 0.46, z0 + 0.2, z0 + 0.62, (GREEN[2], NAVY[3], BRASS[1], RED[0])[n % 4])
    for i in range(4):
        quad(0.12 if i == 3 else 0.06, 0.46, z1 - 0.46 - i * 0.11, z1 - 0.42 - i * 0.11, GREY[2])
    for i in range(3):
        quad(0.54, 0.94 if i < 2 else 0.8, z0 + 0.4 - i * 0.12, z0 + 0.44 - i * 0.12, GREY[2])
    s.face([at(-0.05, z1 + 0.06), at(1.05, z1 + 0.06), (ax - 0.1, ay + 0.1, z1 + 0.2), (bx - 0.1, by - 0.1, z1 + 0.2)], NAVY[4])


def plane_tree(s, x, y, h, seed):
    """A tree in first leaf: bare limbs showing through light crowns."""
    c, chance = s.c, rng(f"plane {seed}")
    px, py = s.cam.at(x, y, 0)
    k = s.cam.scale(x, y, 0) * h
    c.ellipse(px + 0.34 * k, py + 0.02 * k, 0.4 * k, 0.06 * k, GREEN[5], 0.35)
    c.poly([(px - 0.03 * k, py), (px + 0.03 * k, py), (px + 0.014 * k, py - 0.5 * k), (px - 0.014 * k, py - 0.5 * k)], WOOD[4])
    for tx, ty in ((-0.24, 0.72), (0.22, 0.76), (-0.06, 0.9), (0.12, 0.62)):
        c.line([(px, py - 0.38 * k), (px + tx * 0.5 * k, py - (0.38 + (ty - 0.38) * 0.6) * k), (px + tx * k, py - ty * k)], WOOD[4], 0.022 * k, cap="round")
    for tone, n, dx, dy in ((GREEN[3], 17, 0.03, -0.02), (GREEN[2], 19, 0, 0), (GREEN[1], 12, -0.05, 0.05)):
        for _ in range(n):
            a, r = chance.uniform(0, 6.283), chance.random() ** 0.5
            c.circle(px + (math.cos(a) * r * 0.3 + dx) * k, py - (0.72 + math.sin(a) * r * 0.22 + dy) * k, chance.uniform(0.05, 0.1) * k, tone)


def people(s):
    """Groups with room between them; a child in red holds a hand."""
    c = s.c
    grown = [  # x, y, coat, trousers, hair, height, skirt, stride
        (-2.2, 3.6, GREY[4], NAVY[7], INK, 1.72, False, 0), (-1.3, 3.2, RED[3], NAVY[8], WOOD[5], 1.6, True, 0), (-3.0, 1.2, NAVY[4], GREY[6], GREY[2], 1.68, False, 0), (-2.2, 0.7, GREEN[4], NAVY[7], INK, 1.62, False, 0),
        (2.1, 7.2, WOOD[3], NAVY[8], INK, 1.72, False, 1), (2.9, 7.4, NAVY[3], NAVY[7], INK, 1.6, True, 0), (4.6, 8.2, GREEN[4], GREY[6], INK, 1.7, False, -1), (6.0, 5.4, NAVY[5], GREY[5], GREY[1], 1.66, False, 1), (6.7, 5.2, PAPER[5], NAVY[7], WOOD[5], 1.58, True, 0),
        (1.2, 4.3, NAVY[6], NAVY[8], INK, 1.76, False, 1), (3.6, 2.2, NAVY[5], NAVY[8], INK, 1.74, False, 1), (4.85, 2.1, BRASS[3], NAVY[7], WOOD[5], 1.62, True, 0), (0.2, -0.3, GREY[5], NAVY[8], INK, 1.74, False, -1), (-0.7, -0.2, NAVY[3], GREY[6], INK, 1.64, False, 1),
        (-2.9, -1.3, WOOD[2], NAVY[8], INK, 1.7, False, 0), (6.2, 0.0, GREEN[3], NAVY[8], INK, 1.66, False, 1),
    ]
    kids = [(4.25, 2.1, RED[1], NAVY[5], INK, 1.12, False, 1), (-1.75, 3.3, BRASS[1], NAVY[4], INK, 1.1, False, 0)]
    for x, y, coat, legs, hair, h, skirt, stride in sorted(grown + kids, key=lambda g: -g[1]):
        px, py = s.cam.at(x, y, 0)
        k = s.cam.scale(x, y, 0)
        c.poly([(px - 0.12 * k, py), (px + 0.1 * k, py), (px + 0.95 * k, py - 0.24 * k), (px + 0.8 * k, py - 0.3 * k)], PAPER[6], 0.45)
        standing_back(c, px, py, k, coat, legs, hair, h, skirt, stride, lit=mix(coat, PAPER[0], 0.18))
        if (x, y) == (4.25, 2.1):
            c.rect(px - 0.11 * k, py - 0.86 * k, 0.22 * k, 0.26 * k, NAVY[4], rx=4)
        if (x, y) == (0.2, -0.3):
            c.rect(px + 0.1 * k, py - 0.86 * k, 0.24 * k, 0.2 * k, WOOD[3], rx=4)
            c.line([(px - 0.14 * k, py - 1.4 * k), (px + 0.2 * k, py - 0.84 * k)], WOOD[3], 0.03 * k)


def draw():
    c = Canvas()
    s = Stage(c, Camera((2.4, -9.4, 2.7), yaw=-4, focal=1230, centre=(800, 600)), LIGHT)
    sky(c)
    town(s)
    ground(s)
    for i, x in enumerate((-21, -16.5, -12)):
        plane_tree(s, x, 17 - i, 9, i)
    building(s)
    plane_tree(s, 15.5, 12.5, 7.5, 8)
    plane_tree(s, 11.8, 7.0, 6.6, 9)
    plane_tree(s, -8.2, 3.5, 7.6, 12)
    for i in range(5):
        board(s, -4.0 + 0.12 * i, 10.6 - i * 3.05, i)
    people(s)
    return c
