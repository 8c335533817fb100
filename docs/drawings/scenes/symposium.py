"""The symposium from straight above: an oval table, sixteen seats, sixteen people."""

from kit import *

CX, CY, TURN = 800, 540, -9
A, B = 604, 296  # half axes of the table
SEATS = 16


def ring(a, b, n=160, power=2.35):
    """A superellipse around the middle: an oval with long flat sides."""
    out = []
    for i in range(n):
        t = 2 * math.pi * i / n
        ct, st = math.cos(t), math.sin(t)
        out.append(turn(math.copysign(abs(ct) ** (2 / power), ct) * a, math.copysign(abs(st) ** (2 / power), st) * b))
    return out


def turn(u, v):
    r = math.radians(TURN)
    return CX + u * math.cos(r) - v * math.sin(r), CY + u * math.sin(r) + v * math.cos(r)


def places(a, b, count):
    """Points evenly spaced along the oval, each with the direction that faces outwards, in degrees."""
    pts = ring(a, b, 1440)
    lens = [math.dist(p, q) for p, q in zip(pts, pts[1:] + pts[:1])]
    total, out, walked, k = sum(lens), [], 0.0, 0
    for i, ln in enumerate(lens):
        while k < count and walked + ln >= total * (k + 0.5) / count:
            p, q = pts[i - 2], pts[(i + 2) % len(pts)]
            out.append((pts[i], math.degrees(math.atan2(q[1] - p[1], q[0] - p[0])) - 90))
            k += 1
        walked += ln
    return out


def floor(c):
    """Boards, and on them one large plain carpet with a double border."""
    c.rect(0, 0, WIDTH, HEIGHT, mix(PAPER[3], WOOD[0], 0.3))
    chance = rng("boards")
    with c.group(transform=f"rotate({TURN} {CX} {CY})"):
        for j in range(-2, 22):
            y = j * 62 - 60
            c.rect(-200, y, 2000, 2.5, PAPER[4])
            for _ in range(4):
                c.rect(chance.uniform(-150, 1750), y, 2.5, 62, PAPER[4])
        c.rect(-24, -8, 1648, 1096, PAPER[5], 0.5)
        c.rect(-34, -20, 1668, 1100, mix(NAVY[2], PAPER[3], 0.35))
        c.rect(-8, 6, 1616, 1048, mix(NAVY[2], PAPER[2], 0.75))
        c.rect(0, 14, 1600, 1032, mix(NAVY[2], PAPER[3], 0.42))


def daylight(c):
    for x in (-180, 210, 600, 990, 1380):
        c.poly([(x, 0), (x + 190, 0), (x - 260, HEIGHT), (x - 450, HEIGHT)], PAPER[0], 0.26)
        c.poly([(x + 215, 0), (x + 250, 0), (x - 200, HEIGHT), (x - 235, HEIGHT)], PAPER[0], 0.26)


def person(c, at, out, coat, hair, n):
    """A chair and who sits on it, seen from above; `out` faces away from the table."""
    x, y = at
    with c.group(transform=f"translate({num(x)} {num(y)}) rotate({num(out - 90)})"):
        # +y now points away from the table
        c.path("M-44 30 Q-44 -18 0 -18 Q44 -18 44 30 L44 52 Q44 64 30 64 L-30 64 Q-44 64 -44 52Z", WOOD[3])
        c.path("M-50 36 Q-52 76 0 78 Q52 76 50 36 L40 36 Q38 62 0 62 Q-38 62 -40 36Z", WOOD[4])
        side = 1 if n % 2 else -1
        sleeve = mix(coat, INK, 0.16)
        c.path(f"M{-54 * 1} 22 C-66 -4 -52 -34 {-26 + side * 4} -52 L{-14 + side * 4} -44 C-30 -28 -34 -6 -28 10Z", sleeve)
        c.path(f"M54 22 C66 -4 52 -34 {26 + side * 4} -52 L{14 + side * 4} -44 C30 -28 34 -6 28 10Z", sleeve)
        c.circle(-19 + side * 4, -50, 8.5, SKIN[0])
        c.circle(19 + side * 4, -50, 8.5, SKIN[0])
        c.path("M-58 20 C-60 -2 -36 -14 0 -14 C36 -14 60 -2 58 20 C56 42 30 48 0 48 C-30 48 -56 42 -58 20Z", coat)
        c.path("M0 -14 C36 -14 60 -2 58 20 C56 42 30 48 0 48 C24 34 24 4 0 -14Z", mix(coat, INK, 0.14))
        c.ellipse(0, 4, 27, 30, hair)
        c.path("M-17 -14 C-8 -24 8 -24 17 -14 C8 -18 -8 -18 -17 -14Z", SKIN[0])
        c.path("M-20 -4 C-20 -16 -8 -22 4 -20 C-8 -14 -14 -4 -14 8Z", mix(hair, PAPER[2], 0.22))


def setting(c, at, out, n):
    """Papers, pen, covered cup before a seat."""
    x, y = at
    chance = rng(f"setting {n}")
    with c.group(transform=f"translate({num(x)} {num(y)}) rotate({num(out - 90)})"):
        with c.group(transform=f"rotate({num(chance.uniform(-7, 7))})"):
            c.rect(-31, -39, 62, 82, WOOD[4], 0.45)
            c.rect(-33, -42, 62, 82, PAPER[0])
            c.rect(-25, -33, 34 if n % 3 else 46, 5, NAVY[5])
            for i in range(6):
                c.rect(-25, -22 + i * 9, (46, 46, 46, 40, 46, 22)[(i + n) % 6], 2.4, GREY[2])
        if n % 4 == 1:
            with c.group(transform="translate(-52 4) rotate(-8)"):
                c.rect(-17, -24, 34, 48, NAVY[7])
                c.rect(-15, -24, 32, 46, RED[2] if n % 8 == 1 else NAVY[5])
        with c.group(transform=f"rotate({num(chance.uniform(12, 40))} 18 18)"):
            c.rect(14, -12, 4.5, 44, NAVY[8] if n % 3 else RED[2], rx=2)
        c.circle(56, -21, 17, WOOD[4], 0.45)
        c.circle(54, -24, 17, GREY[1])
        c.circle(54, -24, 15.5, PAPER[0])
        if n % 5 == 2:  # lid off: tea
            c.circle(54, -24, 12, BRASS[3])
            c.circle(80, -6, 13, PAPER[0])
            c.circle(80, -6, 4, GREY[1])
        else:
            c.circle(54, -24, 11, PAPER[1])
            c.circle(54, -24, 4.2, NAVY[3])
        c.rect(66, -27, 10, 6, PAPER[0], rx=2)


def table(c):
    c.poly([(x + 26, y + 30) for x, y in ring(A + 4, B + 4)], WOOD[5], 0.35)
    c.poly(ring(A, B), WOOD[4])
    c.poly([(x - 2, y - 5) for x, y in ring(A - 3, B - 4)], WOOD[2])
    c.poly([(x - 2, y - 5) for x, y in ring(A - 14, B - 15)], mix(WOOD[2], WOOD[1], 0.45))
    with c.clip([(x - 2, y - 5) for x, y in ring(A - 14, B - 15)]):
        for x in (-180, 210, 600, 990, 1380):
            c.poly([(x + 60, 0), (x + 250, 0), (x - 200, HEIGHT), (x - 390, HEIGHT)], WOOD[0], 0.55)
    # a well in the middle, planted
    c.poly([(x - 2, y - 5) for x, y in ring(A * 0.52, B * 0.36)], WOOD[3])
    well = [(x - 2, y - 3) for x, y in ring(A * 0.505, B * 0.325)]
    c.poly(well, GREEN[6])
    with c.clip(well):
        chance = rng("symposium plants")
        for i in range(46):
            u, v = chance.uniform(-A * 0.49, A * 0.49), chance.uniform(-B * 0.3, B * 0.3)
            x, y = turn(u, v)
            start = chance.uniform(0, 360)
            tone = GREEN[2 + i % 4]
            for j in range(7):
                leaf(c, x, y, chance.uniform(22, 42), 8, start + j * 51, tone if j % 2 else mix(tone, GREEN[5], 0.3))
        for i in range(15):
            x, y = turn(-A * 0.45 + i * A * 0.9 / 14, chance.uniform(-B * 0.2, B * 0.2))
            for j in range(5):
                a = math.radians(72 * j + i * 20)
                c.circle(x + 7 * math.cos(a), y + 7 * math.sin(a), 6, PAPER[0] if i % 3 else RED[1])
            c.circle(x, y, 4, BRASS[1])


def draw():
    c = Canvas()
    floor(c)
    daylight(c)
    coats = [NAVY[6], GREY[3], NAVY[5], WOOD[3], NAVY[6], GREEN[4], NAVY[3], PAPER[5], NAVY[6], RED[2], GREY[4], NAVY[5], GREEN[3], NAVY[6], PAPER[4], GREY[5]]
    hairs = [INK, INK, GREY[6], INK, GREY[2], INK, WOOD[5], INK, INK, WOOD[5], GREY[3], INK, INK, GREY[1], WOOD[5], INK]
    seats = places(A + 46, B + 46, SEATS)
    for (x, y), _ in seats:
        c.ellipse(x + 22, y + 30, 66, 62, WOOD[5], 0.28)
    table(c)
    for i, (at, _) in enumerate(places(A - 84, B - 74, SEATS)):
        setting(c, at, seats[i][1], i)
    for i, (at, out) in enumerate(seats):
        person(c, at, out, coats[i], hairs[i], i)
    return c
