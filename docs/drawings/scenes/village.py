"""Spring in the county: wheat and rape, a village, a works, the road that joins them."""

from kit import *

LIGHT = (-0.62, -0.42, 0.62)
WHITE = (PAPER[0], PAPER[1], PAPER[4])
TILE = (GREY[4], GREY[5], GREY[6])
REDROOF = (mix(RED[1], WOOD[1], 0.4), mix(RED[2], WOOD[2], 0.5), RED[4])


def sky(c):
    c.rect(0, 0, WIDTH, HEIGHT, mix(NAVY[1], NAVY[0], 0.15))
    for y, colour in ((90, mix(NAVY[1], NAVY[0], 0.55)), (180, NAVY[0]), (262, PAPER[1])):
        c.rect(0, y, WIDTH, 400, colour)
    for x, y, k in ((1040, 92, 1.15), (300, 60, 0.8), (640, 168, 0.6)):
        for dx, dy, w in ((0, 0, 250), (52, -28, 140), (-70, 26, 230)):
            c.rect(x + dx * k, y + dy * k, w * k, 30 * k, PAPER[0], rx=round(15 * k))
    c.path("M-20 340 C200 282 380 318 560 302 C780 282 930 330 1140 300 C1320 276 1460 312 1640 290 L1640 400 L-20 400Z", mix(NAVY[2], NAVY[0], 0.5))
    c.path("M-20 352 C240 322 420 346 700 330 C960 318 1240 348 1640 322 L1640 420 L-20 420Z", mix(GREEN[2], NAVY[1], 0.5))


def furrows(s, x0, x1, y0, y1, step, colour, earth=None, skew=0.0):
    """A field with rows running away from the viewer."""
    pts = [(x0, y0, 0), (x1, y0, 0), (x1 + skew, y1, 0), (x0 + skew, y1, 0)]
    s.face(pts, earth or colour)
    n = int((x1 - x0) / step)
    for i in range(n):
        a = x0 + i * (x1 - x0) / n
        b = a + (x1 - x0) / n * 0.55
        s.face([(a, y0, 0), (b, y0, 0), (b + skew, y1, 0), (a + skew, y1, 0)], colour)


def across(s, x0, x1, y0, y1, step, colour, earth, skew=0.0):
    """A field with rows running across."""
    s.face([(x0, y0, 0), (x1, y0, 0), (x1 + skew, y1, 0), (x0 + skew, y1, 0)], earth)
    n = int((y1 - y0) / step)
    for i in range(n):
        f, g = i / n, (i + 0.55) / n
        s.face([(x0 + skew * f, y0 + (y1 - y0) * f, 0), (x1 + skew * f, y0 + (y1 - y0) * f, 0), (x1 + skew * g, y0 + (y1 - y0) * g, 0), (x0 + skew * g, y0 + (y1 - y0) * g, 0)], colour)


def land(s):
    c = s.c
    s.c.rect(0, s.cam.at(0, 900, 0)[1] - 2, WIDTH, HEIGHT, mix(GREEN[2], NAVY[1], 0.25))
    s.floor(-900, -30, 900, 400, GREEN[2])
    s.floor(-900, 190, 900, 400, mix(GREEN[2], NAVY[1], 0.2))
    for x0, x1, y0, y1, colour in ((-260, -120, 200, 280, BRASS[1]), (60, 190, 190, 250, mix(BRASS[1], GREEN[1], 0.4)), (-90, 30, 250, 340, GREEN[1]), (200, 420, 230, 330, GREEN[3]), (-420, -280, 180, 260, GREEN[1])):
        s.floor(x0, y0, x1, y1, colour)
    across(s, -190, -62, 118, 170, 6.5, GREEN[1], GREEN[2], 22)
    across(s, -50, 26, 122, 168, 6, BRASS[1], mix(BRASS[2], GREEN[2], 0.5), 10)
    across(s, 110, 240, 112, 160, 7, GREEN[1], GREEN[3], 20)
    furrows(s, -140, -46, 42, 76, 5.5, BRASS[1], mix(BRASS[2], GREEN[3], 0.5), 16)
    furrows(s, -100, -27, -14, 34, 3.4, GREEN[3], GREEN[1], 14)
    furrows(s, 14, 62, -14, 33, 3.0, BRASS[1], mix(BRASS[2], GREEN[3], 0.55), -5)
    furrows(s, 66, 150, -14, 40, 3.6, GREEN[2], GREEN[3], -8)
    chance = rng("rape")
    for _ in range(420):  # rape in flower
        y = -12 + 44 * chance.random() ** 1.6
        x = chance.uniform(15, 61) - 5 * (y + 14) / 47
        px, py = s.cam.at(x, y, 0.2)
        k = s.cam.scale(x, y, 0)
        c.circle(px, py, max(1.2, 0.11 * k), BRASS[0])


ROAD = [(-13, -16), (-8, -2), (-5, 14), (-7, 32), (-13, 50), (-11, 70), (4, 92), (26, 112), (34, 140), (22, 180)]


def band(pts, width, shift=0.0):
    left, right = [], []
    for i, (x, y) in enumerate(pts):
        (ax, ay), (bx, by) = pts[max(i - 1, 0)], pts[min(i + 1, len(pts) - 1)]
        ln = math.hypot(bx - ax, by - ay) or 1
        nx, ny = -(by - ay) / ln, (bx - ax) / ln
        left.append((x + nx * (shift + width / 2), y + ny * (shift + width / 2), 0))
        right.append((x + nx * (shift - width / 2), y + ny * (shift - width / 2), 0))
    return left + right[::-1]


def road(s):
    line = spline(ROAD)
    s.face(band(line, 11), GREEN[1])
    s.face(band(line, 7.6), PAPER[3])
    s.face(band(line, 6.8), GREY[1])
    for a in range(0, len(line) - 3, 5):
        s.face(band(line[a : a + 3], 0.28), PAPER[0])
    side = spline([(-6, 34), (-22, 40), (-44, 36), (-62, 40)])
    s.face(band(side, 4.4), PAPER[2])
    works = spline([(-10, 72), (16, 66), (44, 66)])
    s.face(band(works, 5), GREY[1])
    s.face(band(line[20:60], 6.8), GREY[1])
    for a in range(20, 58, 5):
        s.face(band(line[a : a + 3], 0.28), PAPER[0])


def canal(s):
    pts = spline([(-220, 100), (-90, 92), (-30, 100), (30, 84), (120, 92), (260, 86)])
    s.face(band(pts, 11), GREEN[3])
    s.face(band(pts, 7.5), NAVY[2])
    s.face(band(pts, 1.4, 1.4), NAVY[1])


def cottage(s, x, y, w, turn, roof=TILE, d=7.0):
    s.shadow(x, y, 0, w, d, 5.2, GREEN[6], 0.32, turn)
    s.house(x, y, w, d, 3.6, 2.2, WHITE, roof, turn)
    a = math.radians(turn)
    ca, sa = math.cos(a), math.sin(a)

    def on(u0, u1, z0, z1, fill):
        s.face([(x + u * ca + (d / 2 + 0.02) * sa, y + u * sa - (d / 2 + 0.02) * ca, z) for u, z in ((u0, z0), (u1, z0), (u1, z1), (u0, z1))], fill)

    on(-0.6, 0.6, 0, 2.4, RED[3])
    for u in (-w * 0.34, w * 0.34):
        on(u - 0.8, u + 0.8, 1.0, 2.4, NAVY[5])
        on(u - 0.05, u + 0.05, 1.0, 2.4, PAPER[0])
    on(-w / 2, w / 2, 0, 0.6, GREY[3])


def village(s):
    homes = [(-80, 70, 13, 4, TILE), (-63, 72, 12, -5, REDROOF), (-47, 70, 12, 3, TILE), (-33, 71, 10, -4, TILE), (-88, 58, 13, -3, REDROOF), (-70, 59, 12, 5, TILE), (-53, 57, 13, -4, TILE), (-36, 58, 12, 6, REDROOF), (-78, 46, 13, 6, TILE), (-58, 45, 13, -6, TILE), (-38, 46.5, 12, 3, TILE)]
    greens = [(-91, 66, 8), (-71, 66, 7.5), (-55, 65, 8.5), (-40, 65, 7), (-25, 66, 8), (-96, 52, 8), (-79, 53, 7), (-62, 52, 8), (-45, 52, 7.5), (-28, 53, 8), (-87, 41, 7), (-68, 40, 6.5), (-48, 40.5, 7)]
    for item in sorted(homes + greens, key=lambda t: -t[1]):
        if len(item) == 5:
            x, y, w, turn, roof = item
            cottage(s, x, y, w, turn, roof)
        else:
            x, y, h = item
            px, py = s.cam.at(x, y, 0)
            k = s.cam.scale(x, y, 0)
            if (x * 7) % 4 == 1:
                blossom(s, x, y, h * 0.8)
            else:
                s.c.ellipse(px + h * 0.3 * k, py, h * 0.36 * k, h * 0.07 * k, GREEN[6], 0.3)
                round_tree(s.c, px, py, h * k, (GREEN[1], GREEN[2], GREEN[3]), WOOD[4])


def blossom(s, x, y, h):
    c, chance = s.c, rng(f"village peach {x}")
    px, py = s.cam.at(x, y, 0)
    k = s.cam.scale(x, y, 0) * h
    c.ellipse(px + 0.3 * k, py, 0.36 * k, 0.07 * k, GREEN[6], 0.3)
    for tx, ty in ((-0.26, 0.72), (0.28, 0.74), (0.02, 0.86)):
        c.line([(px, py), (px + tx * 0.25 * k, py - 0.3 * k), (px + tx * k, py - ty * k)], WOOD[4], max(1.2, 0.05 * k), cap="round")
    for tone, n, dx in ((mix(RED[0], PAPER[0], 0.25), 26, 0.04), (mix(RED[0], PAPER[0], 0.62), 22, -0.03)):
        for _ in range(n):
            a, r = chance.uniform(0, 6.283), chance.random() ** 0.5 * 0.4
            c.circle(px + (math.cos(a) * r * 1.1 + dx) * k, py - (0.68 + math.sin(a) * r * 0.75 - dx) * k, chance.uniform(0.06, 0.1) * k, tone)


def works(s):
    """A clean works: saw-tooth roofs, an office, silos, a chimney without smoke."""
    x, y = 60, 78
    s.shadow(x, y, 0, 62, 24, 9, GREEN[6], 0.3)
    s.floor(18, 56, 104, 96, PAPER[3])
    s.lathe(47, 97, 0, [(2.0, 0), (1.4, 30)], (PAPER[0], PAPER[2], PAPER[4]), 28)
    for z in (22, 26):
        s.lathe(47, 97, z, [(1.62 - z * 0.004, 0), (1.55 - z * 0.004, 2)], (RED[1], RED[2], RED[3]), 28)
    for i in range(5):  # bays from the right, so each hides the one behind it
        bx = x + 24 - i * 12
        s.prism(bx, y, 0, [(-6, 0), (6, 0), (6, 6.2), (-6, 11)], 24, (NAVY[3], PAPER[1], PAPER[3]))
        s.face([(bx - 6, y - 12.02, 0), (bx + 6, y - 12.02, 0), (bx + 6, y - 12.02, 1.4), (bx - 6, y - 12.02, 1.4)], NAVY[4])
        s.face([(bx - 4.6, y - 12.03, 2.6), (bx + 4.6, y - 12.03, 2.6), (bx + 4.6, y - 12.03, 4.6), (bx - 4.6, y - 12.03, 4.6)], NAVY[4])
        for u in range(-3, 4):
            s.wall_y(y - 12.04, bx + u * 1.5 - 0.1, bx + u * 1.5 + 0.1, 2.6, 4.6, PAPER[1])
        if s.sees((bx - 6, y, 8), (-1, 0, 0)):
            s.wall_x(bx - 6.02, y - 11, y + 11, 6.6, 10.6, NAVY[2])
    s.shadow(27, 64, 0, 14, 9, 9, GREEN[6], 0.3)
    s.box(27, 64, 0, 14, 9, 9.4, (GREY[1], PAPER[1], PAPER[4]), seam=False)
    for f in range(3):
        for u in range(5):
            s.wall_y(59.48, 21.2 + u * 2.5, 22.9 + u * 2.5, 1.2 + f * 2.8, 2.9 + f * 2.8, NAVY[4])
    s.wall_y(59.47, 25.6, 28.4, 0, 2.6, NAVY[6])
    for sx in (88, 94, 100):
        s.lathe(sx, 62, 0, [(2.6, 0), (2.6, 10), (0.6, 12)], (PAPER[0], GREY[1], GREY[2]), 28)
    truck(s, 42, 58)


def truck(s, x, y):
    s.box(x, y, 0.7, 6.4, 2.4, 2.6, (NAVY[2], NAVY[4], NAVY[5]))
    s.box(x - 4.4, y, 0.6, 2.0, 2.3, 2.1, (RED[1], RED[2], RED[3]))
    for u in (-4.6, -1.6, 2.2):
        px, py = s.cam.at(x + u, y - 1.2, 0.5)
        s.c.circle(px, py, 0.55 * s.cam.scale(x, y, 0), INK)


def poplars(s):
    """Poplars in new leaf along the road, farthest first."""
    c = s.c
    line = spline(ROAD)
    spots = []
    for i in range(4, len(line) - 6, 7):
        (x, y), (x2, y2) = line[i], line[i + 1]
        ln = math.hypot(x2 - x, y2 - y)
        nx, ny = -(y2 - y) / ln, (x2 - x) / ln
        for side in (-6.4, 6.4):
            spots.append((x + nx * side, y + ny * side, 11 + (i * 7) % 4))
    for x, y, h in sorted(spots, key=lambda t: -t[1]):
        if y < 4 or 58 < y < 78 and x > -9 or 30 < y < 48 and x < -9:
            continue
        px, py = s.cam.at(x, y, 0)
        k = s.cam.scale(x, y, 0)
        c.ellipse(px + h * 0.34 * k, py - 0.1 * k, h * 0.36 * k, h * 0.045 * k, GREEN[6], 0.3)
        c.line([(px, py), (px, py - h * 0.5 * k)], WOOD[4], max(1.5, 0.3 * k))
        c.ellipse(px, py - h * 0.58 * k, h * 0.105 * k, h * 0.43 * k, GREEN[1])
        c.path(f"M{num(px)} {num(py - h * 1.01 * k)} C{num(px + h * 0.14 * k)} {num(py - h * 0.9 * k)} {num(px + h * 0.14 * k)} {num(py - h * 0.26 * k)} {num(px)} {num(py - h * 0.15 * k)} C{num(px + h * 0.045 * k)} {num(py - h * 0.4 * k)} {num(px + h * 0.045 * k)} {num(py - h * 0.8 * k)} {num(px)} {num(py - h * 1.01 * k)}Z", GREEN[3])


def traffic(s):
    c = s.c
    for x, y, body in ((-9.6, 44, PAPER[0]), (11, 98, RED[2])):
        px, py = s.cam.at(x, y, 0)
        k = s.cam.scale(x, y, 0)
        c.ellipse(px + 0.3 * k, py, 1.5 * k, 0.35 * k, GREY[5], 0.4)
        s.box(x, y, 0.4, 1.9, 3.8, 0.75, (mix(body, PAPER[0], 0.3), mix(body, NAVY[5], 0.2), NAVY[6]))
        s.box(x, y + 0.1, 1.15, 1.6, 2.0, 0.6, (mix(body, PAPER[0], 0.3), NAVY[6], NAVY[7]))
    for x, y, coat in ((-3.2, 9.0, NAVY[6]), (-1.9, 12.5, RED[2]), (-4.9, 20, NAVY[5])):  # cyclists
        px, py = s.cam.at(x, y, 0)
        k = s.cam.scale(x, y, 0) * 1.15
        c.poly([(px - 0.1 * k, py), (px + 0.1 * k, py), (px + 1.5 * k, py - 0.3 * k), (px + 1.3 * k, py - 0.4 * k)], GREY[5], 0.45)
        c.line([(px, py), (px, py - 0.7 * k)], INK, 0.09 * k, cap="round")
        c.line([(px - 0.3 * k, py - 1.0 * k), (px + 0.3 * k, py - 1.0 * k)], INK, 0.05 * k, cap="round")
        c.line([(px - 0.12 * k, py - 0.85 * k), (px - 0.13 * k, py - 0.3 * k)], NAVY[8], 0.13 * k, cap="round")
        c.line([(px + 0.12 * k, py - 0.85 * k), (px + 0.13 * k, py - 0.42 * k)], NAVY[8], 0.13 * k, cap="round")
        bust_back(c, px, py - 1.38 * k, k, coat, INK, neck=SKIN[1])
        c.rect(px - 0.2 * k, py - 1.12 * k, 0.4 * k, 0.3 * k, coat, rx=4)


def swallows(c):
    for x, y, k, t in ((520, 150, 1.0, -14), (610, 214, 0.7, 8), (455, 226, 0.6, -4)):
        with c.group(transform=f"translate({x} {y}) rotate({t}) scale({k})"):
            c.path("M0 0 C-14 -12 -34 -14 -52 -4 C-34 -6 -18 0 -8 8 C-12 16 -22 26 -34 32 C-18 28 -6 20 2 11 C14 6 34 10 50 22 C42 6 22 -6 6 -4 C10 -8 12 -10 16 -10 C10 -12 4 -8 0 0Z", NAVY[7])


def willow(c):
    """Willow strands from the upper right corner, nearest of all."""
    chance = rng("willow")
    c.path("M1620 -10 C1560 40 1480 46 1390 20 L1388 28 C1478 60 1572 58 1624 14Z", WOOD[4])
    for i in range(17):
        x = 1300 + i * 19 + chance.uniform(-6, 6)
        y = -10 + (i % 3) * 6
        length = chance.uniform(150, 430) * (0.5 + i / 22)
        sway = chance.uniform(-26, -8)
        tone = (GREEN[3], GREEN[2], GREEN[4])[i % 3]
        c.path(f"M{num(x)} {num(y)} C{num(x + sway * 0.2)} {num(y + length * 0.4)} {num(x + sway)} {num(y + length * 0.7)} {num(x + sway * 1.4)} {num(y + length)}", stroke=tone, width=2.2)
        n = int(length / 15)
        for j in range(n):
            f = (j + 0.5) / n
            lx, ly = x + sway * 1.4 * f**1.6, y + length * f
            leaf(c, lx, ly, chance.uniform(20, 29), 4.6, 72 if j % 2 else 112, tone)


def draw():
    c = Canvas()
    s = Stage(c, Camera((0, -34, 21), focal=1180, centre=(800, 330)), LIGHT)
    sky(c)
    land(s)
    canal(s)
    road(s)
    works(s)
    village(s)
    poplars(s)
    traffic(s)
    swallows(c)
    willow(c)
    return c
