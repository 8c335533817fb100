"""The bureau's office block on a study evening, seen across the wet forecourt."""

from kit import *

FLOORS, STOREY = 9, 3.3
LONG, DEEP, BAY = 15, 5, 3.4  # windows along the front, along the side, metres from one to the next
FOOT = 4.4  # height of the ground floor
FRONT = LONG * BAY
SIDE = DEEP * BAY
TOP = FOOT + (FLOORS - 1) * STOREY + 0.8
MEETING = {(2, 4), (2, 5), (2, 6)}  # floor, bay: the long room where they read together


def sky(c):
    c.rect(0, 0, WIDTH, HEIGHT, NAVY[9])
    for y, colour in ((0, NAVY[9]), (190, mix(NAVY[9], NAVY[8], 0.5)), (380, NAVY[8]), (540, mix(NAVY[8], NAVY[7], 0.6)), (660, NAVY[7])):
        c.rect(0, y, WIDTH, HEIGHT - y, colour)
    chance = rng("stars")
    for _ in range(46):
        x, y = chance.uniform(0, WIDTH), chance.uniform(0, 430)
        c.circle(x, y, chance.choice((1.2, 1.2, 1.8, 2.4)), NAVY[2], chance.choice((0.5, 0.8)))
    c.path("M196 150 A64 64 0 1 0 268 250 A54 54 0 1 1 196 150Z", BRASS[0])


def town(c):
    """Roofs far off, with a few lamps still on."""
    chance = rng("town")
    x = -20
    while x < WIDTH:
        w, h = chance.randrange(50, 130), chance.randrange(50, 190)
        c.rect(x, 800 - h, w + 1, h + 20, NAVY[8] if (x // 10) % 2 else mix(NAVY[8], NAVY[7], 0.5))
        for _ in range(h // 22):
            if chance.random() < 0.6:
                c.rect(x + 8 + 14 * chance.randrange(max(1, w // 16)), 800 - h + 10 + 16 * chance.randrange(max(1, h // 20)), 6, 8, BRASS[3], 0.7)
        x += w


def pane(s, floor, bay, side, chance):
    """One window: dark, lit, with a blind, or with someone reading."""
    c = s.c
    z0 = FOOT + (floor - 1) * STOREY + 0.95
    z1 = z0 + 1.85

    def quad(a, b, lo, hi, inset=0.0):
        if side:
            return s.cam.pts([(FRONT - inset, a, lo), (FRONT - inset, b, lo), (FRONT - inset, b, hi), (FRONT - inset, a, hi)])
        return s.cam.pts([(a, inset, lo), (b, inset, lo), (b, inset, hi), (a, inset, hi)])

    a = bay * BAY + 0.55
    b = a + BAY - 1.1
    together = not side and (floor, bay) in MEETING
    if together:
        a, b = bay * BAY + 0.1, (bay + 1) * BAY - 0.1
    c.poly(quad(a - 0.1, b + 0.1, z0 - 0.12, z1 + 0.1), NAVY[8] if side else NAVY[7])
    on = together or chance.random() < (0.62 if not side else 0.5)
    if not on:
        c.poly(quad(a, b, z0, z1, 0.18), NAVY[8] if side else mix(NAVY[7], NAVY[6], 0.5))
        c.poly(quad((a + b) / 2 - 0.06, (a + b) / 2 + 0.06, z0, z1, 0.1), NAVY[7])
        return
    warm = chance.choice((BRASS[0], BRASS[1], BRASS[1], BRASS[2]))
    if together:
        warm = BRASS[0]
    if side:
        warm = mix(warm, BRASS[3], 0.35)
    shape = quad(a, b, z0, z1, 0.18)
    c.poly(shape, warm)
    with c.clip(shape):
        if together:
            for u in (0.0, 0.5, 1.0):
                person(s, a + (b - a) * (0.1 + u * 0.8), z0, z1, RED[4] if u == 0.5 else WOOD[4])
            c.poly(quad(a, b, z0, z0 + 0.42), WOOD[3])
            c.poly(quad(a, b, z1 - 0.28, z1 - 0.16), PAPER[0])
        else:
            kind = chance.randrange(7)
            if kind == 0:
                c.poly(quad(a, b, z1 - 0.8, z1), mix(warm, WOOD[1], 0.35))
            elif kind == 1:
                c.poly(quad(a, a + 0.55, z0, z1), mix(warm, WOOD[1], 0.4))
                c.poly(quad(b - 0.55, b, z0, z1), mix(warm, WOOD[1], 0.4))
            elif kind in (2, 3) and not side:
                person(s, a + (b - a) * chance.choice((0.28, 0.72)), z0, z1, WOOD[4])
                c.poly(quad(a, b, z0, z0 + 0.34), WOOD[3])
            elif kind == 4 and not side:  # books along the sill
                for i in range(7):
                    c.poly(quad(a + 0.2 + i * 0.2, a + 0.36 + i * 0.2, z0, z0 + 0.4 + 0.1 * (i % 3)), (WOOD[3], RED[3], NAVY[5])[i % 3])
    c.poly(quad((a + b) / 2 - 0.05, (a + b) / 2 + 0.05, z0, z1, 0.1), mix(warm, NAVY[7], 0.75))
    if not together:
        c.poly(quad(a, b, z0 + 1.25, z0 + 1.33, 0.1), mix(warm, NAVY[7], 0.75))


def person(s, x, z0, z1, colour):
    px, py = s.cam.at(x, 0.2, z0 + 0.62)
    k = s.cam.scale(x, 0.2, z0)
    bust_back(s.c, px, py, k * 1.9, colour, INK)


def roof(s):
    """Drawn before the walls, which then hide all of the eaves but their edge."""
    s.stroke([(FRONT * 0.2, 8, TOP + 0.7), (FRONT * 0.2, 8, TOP + 9)], NAVY[3], 0.14)
    for dz in (5, 6.4, 7.8):
        s.stroke([(FRONT * 0.2 - 1.1, 8, TOP + dz), (FRONT * 0.2 + 1.1, 8, TOP + dz)], NAVY[3], 0.1)
    s.box(FRONT * 0.66, SIDE * 0.6, TOP + 0.75, 11, 7, 4.2, (NAVY[5], NAVY[5], NAVY[8]))
    s.box(FRONT / 2, SIDE / 2, TOP, FRONT + 1.6, SIDE + 1.6, 0.8, (NAVY[4], NAVY[3], NAVY[7]))


def block(s):
    chance = rng("office-night")
    s.wall_x(FRONT, 0, SIDE, 0, TOP, NAVY[8])
    s.wall_y(0, 0, FRONT, 0, TOP, NAVY[5])
    for f in range(1, FLOORS):  # bands between the floors, piers between the windows
        z = FOOT + (f - 1) * STOREY
        s.wall_y(0, 0, FRONT, z + 0.1, z + 0.62, NAVY[4])
        s.wall_x(FRONT, 0, SIDE, z + 0.1, z + 0.62, NAVY[7])
    for i in range(LONG + 1):
        s.wall_y(0, max(0, i * BAY - 0.22), min(FRONT, i * BAY + 0.22), FOOT, TOP, mix(NAVY[5], NAVY[4], 0.5))
    for f in range(1, FLOORS):
        for b in range(DEEP):
            pane(s, f, b, True, chance)
        for b in range(LONG):
            pane(s, f, b, False, chance)


def ground_floor(s):
    c = s.c
    s.wall_y(-0.02, 0, FRONT, 0, FOOT - 0.5, NAVY[6])
    s.wall_x(FRONT + 0.02, 0, SIDE, 0, FOOT - 0.5, NAVY[8])
    for i in range(LONG):
        x0, x1 = i * BAY + 0.3, (i + 1) * BAY - 0.3
        door = 5 <= i <= 9
        s.wall_y(-0.04, x0, x1, 0.1 if door else 0.9, FOOT - 0.9, BRASS[0] if door else (BRASS[2] if i in (1, 2, 12) else NAVY[7]))
        if door:
            s.wall_y(-0.06, (x0 + x1) / 2 - 0.07, (x0 + x1) / 2 + 0.07, 0.1, FOOT - 0.9, WOOD[3])
            s.wall_y(-0.06, x0, x1, FOOT - 1.65, FOOT - 1.5, WOOD[3])
    # canopy on four columns, steps
    x0, x1 = 5 * BAY - 1.2, 10 * BAY + 1.2
    for k in range(4):
        s.box((x0 + x1) / 2, -2.4 - k * 0.1, 0.0, x1 - x0 + 1.6 - k * 0.8, 5.6 - k * 0.9, 0.17 * (k + 1), (PAPER[4], PAPER[5], GREY[5]))
    for x in (x0 + 0.6, 5 * BAY + 5.2, 10 * BAY - 5.2, x1 - 0.6):
        s.box(x, -4.3, 0.6, 0.55, 0.55, FOOT - 0.4, (NAVY[2], NAVY[3], NAVY[6]))
    for x, up in ((22.5, NAVY[8]), (24.2, NAVY[7]), (29.0, NAVY[8])):
        px, py = s.cam.at(x, -2.5, 0.65)
        standing_back(c, px, py, s.cam.scale(x, -2.5, 0.6), up, INK, INK)
    s.face([(x0, -4.9, FOOT), (x1, -4.9, FOOT), (x1, 0, FOOT), (x0, 0, FOOT)], BRASS[1])
    s.box((x0 + x1) / 2, -2.5, FOOT, x1 - x0, 5.0, 0.8, (NAVY[4], NAVY[3], NAVY[6]))


def forecourt(s):
    """Wet paving: the lit windows lie in it upside down."""
    s.floor(-80, -60, 140, 60, NAVY[8])
    s.floor(-80, -60, 140, -6, mix(NAVY[8], NAVY[7], 0.7))
    for k in range(1, 8):  # joints of the paving
        s.stroke([(-60, -6 - k * 5, 0), (120, -6 - k * 5, 0)], NAVY[8], 0.06)
    chance = rng("wet")
    for i in range(LONG):
        for k in range(11):
            if chance.random() < 0.7:
                y = -6.6 - k * 2.6 - chance.random()
                x = (i + 0.5) * BAY + chance.uniform(-0.5, 0.5)
                w = chance.uniform(0.5, 1.5)
                s.floor(x - w, y - chance.uniform(0.5, 1.0), x + w, y, BRASS[2], opacity=round(0.72 - 0.05 * k, 2))
    s.face([(5 * BAY - 1, -5.4, 0), (10 * BAY + 1, -5.4, 0), (10 * BAY + 5, -16, 0), (5 * BAY - 7, -16, 0)], BRASS[1], 0.4)
    s.face([(5 * BAY + 2, -5.4, 0), (10 * BAY - 2, -5.4, 0), (10 * BAY, -11, 0), (5 * BAY - 1, -11, 0)], BRASS[0], 0.5)


def car(s, x, y, body):
    """A saloon, side on; its outline is drawn out to its width."""
    s.floor(x - 2.4, y - 1.1, x + 2.5, y + 0.9, NAVY[9], 0.01)
    hullside = [(-2.25, 0.32), (2.25, 0.32), (2.25, 0.78), (1.95, 0.9), (1.0, 0.98), (0.35, 1.46), (-1.1, 1.46), (-1.75, 1.0), (-2.25, 0.92)]
    s.prism(x, y, 0, hullside, 1.75, (mix(body, NAVY[2], 0.35), body, NAVY[8]))
    for glass in ([(0.82, 0.99), (0.3, 1.38), (-0.3, 1.38), (-0.3, 0.99)], [(-0.4, 0.99), (-0.4, 1.38), (-1.05, 1.38), (-1.52, 0.99)]):
        s.face([(x + u, y - 0.89, z) for u, z in glass], NAVY[8])
    s.face([(x + 2.26, y + v, z) for v, z in ((-0.8, 0.6), (-0.45, 0.6), (-0.45, 0.76), (-0.8, 0.76))], RED[1])
    s.wall_y(y - 0.89, x - 2.25, x + 2.25, 0.62, 0.66, NAVY[8])
    for u in (-1.42, 1.42):
        px, py = s.cam.at(x + u, y - 0.9, 0.34)
        k = s.cam.scale(x + u, y, 0.3)
        s.c.circle(px, py, 0.36 * k, NAVY[9])
        s.c.circle(px, py, 0.19 * k, NAVY[3])


def trees(s):
    c = s.c
    for x, y, h in ((-13, 4, 9), (-8, 2, 10.5), (-3.5, -2.5, 8.5), (FRONT + 4, -3, 8), (FRONT + 9.5, -1, 10), (FRONT + 15, 0, 9), (FRONT + 21, 2, 11)):
        px, py = s.cam.at(x, y, 0)
        k = s.cam.scale(x, y, 0)
        round_tree(c, px, py, h * k, (GREEN[3], GREEN[5], GREEN[6]), NAVY[9])


def lamp(s, x, y, h=5.2):
    c = s.c
    s.stroke([(x, y, 0), (x, y, h)], NAVY[9], 0.16)
    px, py = s.cam.at(x, y, h)
    k = s.cam.scale(x, y, h)
    c.circle(px, py, 1.5 * k, BRASS[1], 0.14)
    c.circle(px, py, 0.42 * k, BRASS[0])


def draw():
    c = Canvas(ground=NAVY[9])
    s = Stage(c, Camera((86, -84, 7.5), yaw=-35, focal=2130, centre=(815, 812)), (-0.3, -0.8, 0.5))
    sky(c)
    town(c)
    forecourt(s)
    roof(s)
    block(s)
    ground_floor(s)
    trees(s)
    for x, y, body in ((6, -9.5, NAVY[5]), (11.8, -9.5, NAVY[4]), (43, -9, NAVY[5]), (49, -9, NAVY[3])):
        car(s, x, y, body)
    for x, y in ((-6, -12), (13.5, -16), (38.5, -16), (58, -12)):
        lamp(s, x, y)
    for x, y, coat in ((27, -21, NAVY[9]), (28.3, -21.4, INK), (19, -25, NAVY[9])):
        px, py = s.cam.at(x, y, 0)
        k = s.cam.scale(x, y, 0)
        c.poly([(px - 0.2 * k, py), (px + 0.2 * k, py), (px + 0.5 * k, py + 0.9 * k), (px, py + 0.9 * k)], NAVY[9], 0.7)
        standing_back(c, px, py, k, coat, NAVY[9], INK, stride=1, lit=mix(NAVY[9], BRASS[3], 0.25))
    return c
