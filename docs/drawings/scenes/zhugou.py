"""Zhugou at sunrise: grey-tiled courtyards below the hills, visitors walking up to the gate."""

from kit import *

SUN = (0.75, 0.3, 0.42)  # low, from the right and behind the houses
WALL = (PAPER[0], PAPER[1], mix(PAPER[2], NAVY[1], 0.22))
BRICK = (GREY[1], GREY[2], GREY[4])
ROOF = (GREY[3], GREY[4], GREY[5])


def hills(c):
    c.rect(0, 0, WIDTH, HEIGHT, "#f3dcae")
    for y, colour in ((120, "#f4e0b6"), (210, "#f5e4c1"), (290, "#f7e9cd")):
        c.rect(0, y, WIDTH, HEIGHT, colour)
    c.circle(1235, 226, 88, "#f6d79a")
    c.circle(1235, 226, 66, DUSK[2])
    ridges = [
        (mix(NAVY[1], "#f7e9cd", 0.45), ((-40, 290), (130, 205), (330, 268), (560, 150), (760, 240), (960, 196), (1180, 262), (1420, 170), (1640, 250))),
        (mix(NAVY[2], GREEN[1], 0.4), ((-40, 268), (210, 300), (420, 236), (640, 290), (860, 250), (1060, 300), (1290, 262), (1480, 240), (1640, 290))),
        (mix(NAVY[2], GREEN[2], 0.66), ((-40, 318), (160, 272), (380, 322), (620, 290), (900, 326), (1150, 288), (1400, 318), (1640, 276))),
        (GREEN[3], ((-40, 330), (240, 352), (500, 322), (800, 350), (1080, 330), (1340, 350), (1640, 320))),
    ]
    chance = rng("hill firs")
    for n, (colour, pts) in enumerate(ridges):
        d = f"M{pts[0][0]} {pts[0][1]}"
        for (x0, y0), (x1, y1) in zip(pts, pts[1:]):
            m = (x0 + x1) / 2
            d += f" C{num(m)} {y0} {num(m)} {y1} {x1} {y1}"
        if n > 1:  # firs along the ridge
            for (x0, y0), (x1, y1) in zip(pts, pts[1:]):
                for i in range(9):
                    f = (i + chance.random()) / 9
                    e = f * f * (3 - 2 * f)
                    x, y, h = x0 + (x1 - x0) * f, y0 + (y1 - y0) * e + 5, chance.uniform(12, 22) * (0.7 + 0.35 * (n - 1))
                    c.poly([(x - h * 0.26, y), (x, y - h), (x + h * 0.26, y)], colour)
        c.path(d + f" L{WIDTH} {HEIGHT} L0 {HEIGHT}Z", colour)
        if n < 3:  # mist between this ridge and the next
            for x, y, w in (((60, 262, 420), (1000, 258, 480)), ((500, 296, 420), (1180, 300, 380)), ((120, 326, 460), (840, 332, 420)))[n]:
                c.rect(x, y, w, 9, "#f7e9cd", 0.7, rx=4.5)
                c.rect(x + w * 0.22, y + 13, w * 0.5, 6, "#f7e9cd", 0.55, rx=3)


def gable(s, x, y, w, d, eave, rise, along="x", z=0.0):
    """A house with a tiled saddle roof; its ridge runs along x or y."""
    over = 0.55
    if along == "x":
        hw, hd = w / 2, d / 2

        def at(u, v, h):
            return x + u, y + v, z + h

    else:
        hw, hd = d / 2, w / 2

        def at(u, v, h):
            return x + v, y + u, z + h

    long, half = hw, hd
    s.box(x, y, z, w, d, eave, WALL)
    top = eave + rise
    for e in (-1, 1):  # gable ends in grey brick
        tri = [at(e * long, -half, eave), at(e * long, half, eave), at(e * long, 0, top)]
        normal = (e, 0, 0) if along == "x" else (0, e, 0)
        if s.sees(tri[0], normal):
            full = [at(e * long, -half, 0), at(e * long, half, 0), at(e * long, half, eave), at(e * long, 0, top), at(e * long, -half, eave)]
            s.face(full, s.tone(normal, BRICK))
    for side in (1, -1):  # the far slope first
        normal = (0, side * rise, half) if along == "x" else (side * rise, 0, half)
        e0 = at(-long - over, side * (half + over), eave - over * rise / half)
        e1 = at(long + over, side * (half + over), eave - over * rise / half)
        r0, r1 = at(-long - over, 0, top), at(long + over, 0, top)
        ln = math.hypot(rise, half)
        unit = tuple(v / ln for v in normal)
        if not s.sees(r0, normal):
            continue
        tone = s.tone(unit, ROOF)
        s.face([e0, e1, r1, r0], tone)
        rows = int(long * 2 / 0.42)
        for i in range(rows + 1):  # rows of tiles
            f = (i + 0.5) / (rows + 1)
            p, q = (tuple(a + (b - a) * f for a, b in zip(e0, e1))), (tuple(a + (b - a) * f for a, b in zip(r0, r1)))
            s.stroke([p, q], mix(tone, INK, 0.22), 0.07, cap="butt")
        s.stroke([e0, e1], mix(tone, INK, 0.45), 0.16, cap="butt")
    s.stroke([at(-long - over - 0.2, 0, top + 0.5), at(-long - over + 0.5, 0, top + 0.12), at(long + over - 0.5, 0, top + 0.12), at(long + over + 0.2, 0, top + 0.5)], GREY[6], 0.3)


def front_y(s, x, y, w, bays, door=None, z=0.0, high=2.5, wood=WOOD[4]):
    """Lattice windows and doors along a wall that faces the viewer."""
    bw = w / bays
    for i in range(bays):
        x0 = x - w / 2 + i * bw + bw * 0.16
        x1 = x0 + bw * 0.68
        if i == door:
            s.wall_y(y, x0, x1, z, z + high, RED[3])
            s.wall_y(y, (x0 + x1) / 2 - 0.04, (x0 + x1) / 2 + 0.04, z, z + high, RED[4])
            s.wall_y(y, x0, x1, z + high - 0.5, z + high, wood)
            continue
        s.wall_y(y, x0, x1, z + 0.85, z + high, wood)
        for k in range(3):
            a = x0 + (x1 - x0) * (k + 0.14) / 3
            s.wall_y(y, a, a + (x1 - x0) * 0.72 / 3, z + 0.98, z + high - 0.12, "#e9cf93")
        s.wall_y(y, x0, x1, z + 1.62, z + 1.7, wood)


def front_x(s, x, y, d, bays, z=0.0, high=2.4):
    """The same along a wall that faces left or right."""
    bw = d / bays
    for i in range(bays):
        y0 = y - d / 2 + i * bw + bw * 0.2
        y1 = y0 + bw * 0.6
        s.wall_x(x, y0, y1, z + 0.85, z + high, WOOD[4])
        m = (y0 + y1) / 2
        for a, b in ((y0 + 0.1, m - 0.06), (m + 0.06, y1 - 0.1)):
            s.wall_x(x, a, b, z + 0.98, z + high - 0.12, BRASS[3])


def shade(s, x, y, w, d, h):
    s.shadow(x, y, 0, w, d, h, GREEN[6], 0.32)


def compound(s):
    """Two courtyards one behind the other, side wings, a wall and a gatehouse."""
    c = s.c
    for args in ((0, 30, 18, 6, 6), (-10, 18, 5, 12, 5), (10, 18, 5, 12, 5), (0, 6.5, 7, 4.5, 5.2), (0, 5, 26, 0.6, 2.6), (-24, 22, 6, 13, 5), (22, 24, 12, 6, 5)):
        shade(s, *args)
    s.floor(-7.5, 6, 7.5, 27, PAPER[3], 0.02)
    for i in range(8):
        s.stroke([(-7.4, 7 + i * 2.5, 0.03), (7.4, 7 + i * 2.5, 0.03)], PAPER[4], 0.06, cap="butt")
    s.floor(-1.3, 6, 1.3, 27, PAPER[2], 0.03)
    s.shadow(0, 30, 0, 18, 6, 5.4, GREY[4], 0.35)
    s.shadow(10, 18, 0, 5, 12, 4.6, GREY[4], 0.35)
    # behind: the outer houses
    gable(s, 22, 30, 13, 6, 3.2, 2.1)
    front_y(s, 22, 26.98, 13, 5)
    gable(s, -25, 26, 13, 6, 3.2, 2.1)
    front_y(s, -25, 22.98, 13, 5)
    # main hall on its terrace
    s.box(0, 30, 0, 20, 8, 0.6, (PAPER[2], PAPER[4], PAPER[5]))
    gable(s, 0, 30.3, 18, 6, 4.2, 2.9, z=0.6)
    front_y(s, 0, 27.27, 18, 5, door=2, z=0.6, high=3.2)
    for i in range(6):
        x = -9 + i * 3.6
        s.box(x, 26.6, 0.6, 0.34, 0.34, 3.6, (RED[2], RED[3], RED[4]))
    for k in range(3):
        s.box(0, 25.7 - k * 0.35, 0, 4.2, 0.5, 0.5 - k * 0.16, (PAPER[1], PAPER[3], PAPER[4]))
    # a ginkgo in the yard, then the wings
    tree(s, -4.0, 16, 6.4, (GREEN[1], GREEN[2], GREEN[3]))
    tree(s, 4.3, 13, 5.0, (GREEN[1], GREEN[2], GREEN[3]))
    gable(s, -10, 18, 5, 12, 3.2, 2.0, along="y")
    front_x(s, -7.48, 18, 12, 5)
    gable(s, 10, 18, 5, 12, 3.2, 2.0, along="y")
    front_x(s, 7.48, 18, 12, 5)
    # the wall with its coping, and the gatehouse
    for x, w in ((-8.4, 9.6), (8.4, 9.6)):
        s.box(x, 6.0, 0, w, 0.5, 2.5, WALL)
        s.wall_y(5.73, x - w / 2, x + w / 2, 0, 0.55, GREY[2])
        s.box(x, 6.0, 2.5, w + 0.3, 0.95, 0.3, ROOF)
        for i in range(int(w / 0.5)):
            u = x - w / 2 + i * 0.5 + 0.2
            s.wall_y(5.51, u, u + 0.12, 2.5, 2.8, GREY[6])
    gable(s, 0, 6.4, 7.2, 4.4, 3.7, 2.2)
    s.wall_y(4.18, -3.6, 3.6, 0, 0.7, GREY[2])
    s.wall_y(4.17, -1.75, 1.75, 0, 3.2, WOOD[4])
    s.wall_y(4.16, -1.5, 1.5, 0, 2.95, RED[3])
    s.wall_y(4.15, -0.04, 0.04, 0, 2.95, RED[4])
    for r in range(4):
        for q in range(4):
            for sx in (-1, 1):
                px, py = s.cam.at(sx * (0.3 + q * 0.32), 4.14, 0.5 + r * 0.62)
                c.circle(px, py, 2.1, BRASS[2])
    for x in (-2.55, 2.55):  # plain lanterns
        px, py = s.cam.at(x, 3.9, 2.5)
        k = s.cam.scale(x, 3.9, 2.5)
        c.line([(px, py - 0.62 * k), (px, py + 0.75 * k)], WOOD[5], 2)
        c.ellipse(px, py, 0.36 * k, 0.44 * k, RED[1])
        c.ellipse(px + 0.1 * k, py, 0.2 * k, 0.42 * k, RED[2])
    for k in range(3):
        s.box(0, 3.6 - k * 0.4, 0, 4.4, 0.6, 0.48 - k * 0.16, (PAPER[1], PAPER[3], PAPER[4]))


def tree(s, x, y, h, crown):
    px, py = s.cam.at(x, y, 0)
    k = s.cam.scale(x, y, 0)
    s.c.ellipse(px - 1.6 * k, py + 0.1 * k, 1.9 * k, 0.55 * k, GREEN[6], 0.3)
    s.c.rect(px - 0.13 * k, py - h * 0.6 * k, 0.26 * k, h * 0.6 * k, WOOD[4])
    r = h * 0.34 * k
    cy = py - h * k + r
    for u, v, q in ((-0.62, 0.38, 0.62), (0.62, 0.42, 0.62), (0, 0, 0.86)):
        s.c.circle(px + u * r, cy + v * r, q * r, crown[2])
    for u, v, q in ((-0.5, 0.3, 0.5), (0.72, 0.34, 0.52), (0.12, -0.06, 0.74)):
        s.c.circle(px + u * r, cy + v * r, q * r, crown[1])
    for u, v, q in ((0.8, 0.22, 0.34), (0.3, -0.22, 0.46)):
        s.c.circle(px + u * r, cy + v * r, q * r, crown[0])


def wood(s, spots):
    """Firs, farthest first, with the sun on their right."""
    for x, y, h in sorted(spots, key=lambda t: -t[1]):
        px, py = s.cam.at(x, y, 0)
        k = s.cam.scale(x, y, 0)
        s.c.ellipse(px - h * 0.2 * k, py, h * 0.24 * k, h * 0.05 * k, GREEN[6], 0.35)
        pine(s.c, px, py, h * k, (GREEN[6], GREEN[4]) if y < 20 else (GREEN[5], GREEN[3]), WOOD[4])


def grounds(s):
    c = s.c
    horizon = s.cam.at(0, 110, 0)[1]
    c.rect(0, horizon, WIDTH, HEIGHT, GREEN[3])
    for y0, colour in ((66, mix(GREEN[3], GREEN[2], 0.4)), (50, GREEN[2]), (3, mix(GREEN[2], GREEN[1], 0.35)), (-12, mix(GREEN[2], GREEN[1], 0.6))):
        s.face([(-120, y0 + 5, 0), (120, y0 - 5, 0), (120, -60, 0), (-120, -60, 0)], colour)
    fields(s)
    chance = rng("tufts")
    for i in range(90):
        x, y = chance.uniform(-40, 40), chance.uniform(-26, 4)
        px, py = s.cam.at(x, y, 0)
        k = s.cam.scale(x, y, 0)
        for u in (-26, 0, 24):
            leaf(c, px, py, 0.42 * k, 0.05 * k, -90 + u, GREEN[3] if i % 3 else GREEN[1])
    # the path, winding up from the lower left
    path = [(-17, -27), (-12, -20), (-7.2, -13.5), (-3.4, -8), (-0.9, -3), (0, 3.2)]
    left = [(x - 2.0, y + 0.3) for x, y in path]
    right = [(x + 2.0, y - 0.3) for x, y in path]
    s.face([(x - 0.35, y, 0.0) for x, y in spline(left, 10)] + [(x + 0.35, y, 0.0) for x, y in spline(right, 10)[::-1]], PAPER[4])
    s.face([(x, y, 0.01) for x, y in spline(left, 10) + spline(right, 10)[::-1]], PAPER[2])
    for i in range(38):
        x, y = along(spline(path, 10), (i + 0.5) / 38)
        s.stroke([(x - 1.9, y + 0.3, 0.02), (x + 1.9, y - 0.3, 0.02)], PAPER[3], 0.09, cap="butt")
    s.floor(-6.5, 0.6, 6.5, 5.8, PAPER[2], 0.01)
    s.floor(-6.5, 0.6, 6.5, 0.8, PAPER[4], 0.01)


def fields(s):
    """Beds of young wheat and rape either side of the path."""
    c = s.c
    for x0, x1, y0, y1, crop in ((-60, -16.5, -24, -5, GREEN[4]), (1.5, 30, -29, -14, BRASS[1]), (-70, -38, 22, 40, BRASS[1]), (40, 70, 12, 34, GREEN[4])):
        s.floor(x0, y0, x1, y1, mix(WOOD[1], GREEN[2], 0.45))
        rows = int((x1 - x0) / 1.15)
        for i in range(rows):
            x = x0 + (i + 0.5) * (x1 - x0) / rows
            s.box(x, (y0 + y1) / 2, 0, 0.62, y1 - y0, 0.22, (crop, mix(crop, GREEN[4], 0.35), mix(crop, GREEN[5], 0.5)))
        if crop == BRASS[1]:  # rape in flower: specks of brighter yellow
            chance = rng(f"rape {x0}")
            for _ in range(150):
                x = x0 + (chance.randrange(rows) + 0.5) * (x1 - x0) / rows + chance.uniform(-0.3, 0.3)
                px, py = s.cam.at(x, chance.uniform(y0, y1), 0.24)
                c.circle(px, py, 3.2, BRASS[0])


def blossom(s, x, y, h):
    """A peach tree in flower."""
    c, chance = s.c, rng(f"peach {x} {y}")
    px, py = s.cam.at(x, y, 0)
    k = s.cam.scale(x, y, 0) * h
    c.ellipse(px - 0.3 * k, py, 0.36 * k, 0.06 * k, GREEN[6], 0.3)
    for tx, ty, w in ((-0.3, 0.72, 0.03), (0.28, 0.78, 0.03), (0.02, 0.9, 0.04), (-0.14, 0.62, 0.03)):
        c.line([(px, py), (px + tx * 0.25 * k, py - 0.3 * k), (px + tx * k, py - ty * k)], WOOD[4], w * k, cap="round")
    for tone, n, dx in ((mix(RED[0], PAPER[0], 0.25), 34, 0.0), (mix(RED[0], PAPER[0], 0.6), 30, 0.06)):
        for _ in range(n):
            a, r = chance.uniform(0, 6.283), chance.random() ** 0.5 * 0.4
            c.circle(px + (math.cos(a) * r * 1.1 + dx) * k, py - (0.68 + math.sin(a) * r * 0.75 + dx * 0.6) * k, chance.uniform(0.035, 0.075) * k, tone)


def bamboo(s, x, y, n):
    """A clump of bamboo, leaning into the picture."""
    c, chance = s.c, rng(f"bamboo {x}")
    px, py = s.cam.at(x, y, 0)
    k = s.cam.scale(x, y, 0)
    for i in range(n):
        bx = px + chance.uniform(-1.7, 1.7) * k
        h, lean = chance.uniform(5.5, 9) * k, chance.uniform(-0.2, 0.9) * k
        tone = GREEN[3 + i % 3]
        c.path(f"M{num(bx)} {num(py)} Q{num(bx)} {num(py - h * 0.6)} {num(bx + lean)} {num(py - h)}", stroke=tone, width=num(0.11 * k), cap="round")
        for j in range(12):
            f = 0.42 + 0.58 * j / 12
            sx, sy = bx + lean * f * f, py - h * f
            for u in (-1, 1):
                leaf(c, sx, sy, chance.uniform(0.8, 1.3) * k, 0.11 * k, (20 if u > 0 else 160) + chance.uniform(-25, 40), GREEN[2 + (i + j) % 4])


def along(pts, t):
    i = min(int(t * (len(pts) - 1)), len(pts) - 2)
    f = t * (len(pts) - 1) - i
    return tuple(a + (b - a) * f for a, b in zip(pts[i], pts[i + 1]))


def rocks(s, x, y, sizes):
    """Boulders and grass: a foot for what stands behind them."""
    c = s.c
    for dx, dy, r in sizes:
        px, py = s.cam.at(x + dx, y + dy, 0)
        k = s.cam.scale(x + dx, y + dy, 0) * r
        c.ellipse(px - 0.4 * k, py, 1.5 * k, 0.32 * k, GREEN[6], 0.32)
        c.poly([(px - k, py + 0.1 * k), (px - 0.85 * k, py - 0.5 * k), (px - 0.2 * k, py - 0.95 * k), (px + 0.5 * k, py - 0.8 * k), (px + 0.98 * k, py - 0.25 * k), (px + 0.9 * k, py + 0.12 * k)], GREY[3])
        c.poly([(px - 0.2 * k, py - 0.95 * k), (px + 0.5 * k, py - 0.8 * k), (px + 0.98 * k, py - 0.25 * k), (px + 0.9 * k, py + 0.12 * k), (px + 0.25 * k, py - 0.3 * k)], GREY[1])
        for u in (-1.1, -0.7, 0.9, 1.2):
            for turn in (-24, 0, 22):
                leaf(c, px + u * k, py + 0.16 * k, 0.75 * k, 0.07 * k, -90 + turn, GREEN[4])


def visitors(s):
    spots = [(-0.6, -1.0), (0.6, -1.4), (-1.9, -3.4), (-0.5, -3.9), (-2.6, -6.2), (-1.5, -6.6), (-4.2, -8.4), (-3.0, -9.0), (-5.6, -11.6), (-7.6, -13.0), (-6.2, -13.6), (-10.4, -17.4)]
    coats = (NAVY[6], NAVY[5], NAVY[6], NAVY[7], NAVY[6])
    for i, (x, y) in enumerate(sorted(spots, key=lambda p: -p[1])):
        px, py = s.cam.at(x, y, 0.02)
        k = s.cam.scale(x, y, 0)
        s.c.poly([(px - 0.12 * k, py), (px + 0.12 * k, py), (px - 1.25 * k, py + 0.62 * k), (px - 1.5 * k, py + 0.56 * k)], GREEN[6], 0.35)
        standing_back(s.c, px, py, k, coats[i % 5], NAVY[8], INK, stride=(i % 3) - 1)


def branch(c):
    """A pine bough across the upper left corner, near and dark."""
    c.path("M-10 96 C120 84 210 130 330 122 C400 118 430 140 470 150 L466 158 C420 152 390 136 330 140 C230 150 110 116 -10 138Z", WOOD[5])
    c.path("M150 118 C190 170 240 196 292 206 L290 212 C232 206 176 180 132 122Z", WOOD[5])
    chance = rng("bough")
    for x, y, r in ((60, 92, 70), (150, 84, 78), (252, 96, 74), (346, 112, 66), (440, 146, 58), (210, 176, 58), (290, 206, 54), (20, 140, 62), (110, 150, 50)):
        for i in range(30):
            a = -178 + i * 6.1 + chance.uniform(-3, 3)
            leaf(c, x, y, r * chance.uniform(0.72, 1.0), 2.6, a, GREEN[6] if i % 3 else GREEN[5])


def draw():
    c = Canvas()
    s = Stage(c, Camera((-10, -42, 13.0), yaw=8.5, focal=1520, centre=(790, 338)), SUN)
    hills(c)
    grounds(s)
    chance = rng("wood behind")
    wood(s, [(chance.uniform(-70, 80), chance.uniform(44, 62), chance.uniform(7, 11)) for _ in range(46)])
    compound(s)
    for x, y, h in ((-16, 3.5, 5.2), (16.2, 4.5, 5.2)):
        blossom(s, x, y, h)
    bamboo(s, 15.2, -6.5, 20)
    rocks(s, 15.2, -7.2, ((-2.6, 0.2, 0.55), (2.0, 0.3, 0.9), (-1.2, -0.5, 0.85), (0.4, -0.7, 0.5)))
    wood(s, [(-20, 9, 9), (-24, 12, 10), (-28, 8, 9.5), (-22, 3, 8), (-33, 12, 10), (-30, 2, 9), (30, 10, 10), (34, 14, 11), (38, 8, 10), (31, 3, 8.5)])
    rocks(s, 5.6, -8.5, ((0, 0, 0.5), (1.1, -0.4, 0.75)))
    rocks(s, -14.5, -9, ((0, 0, 0.6), (1.0, -0.5, 0.42)))
    visitors(s)
    wood(s, [(-19.5, -2.5, 7.0)])
    branch(c)
    return c
