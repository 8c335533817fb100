"""Any window in the city: a folded map of a town where two rivers meet, service counters, one card."""

from kit import *

W, H, PANELS = 11.0, 7.4, 5
FOLD = 0.3  # how far the creases stand up
GRID = math.radians(-11)


def z_at(u):
    """The height of the map at `u`: creases stand up and lie down by turns."""
    k = (u / W * PANELS) % 2
    return FOLD * (k if k < 1 else 2 - k)


class Sheet:
    """The map: (u, v) on the paper to the canvas."""

    def __init__(self, s):
        self.s = s

    def at(self, u, v, lift=0.0):
        return self.s.cam.at(u, v, z_at(min(max(u, 0), W)) + lift)

    def area(self, pts, fill, opacity=None, seam=False):
        self.s.c.poly([self.at(*p) for p in dense(pts + pts[:1])], fill, opacity, seam)

    def ribbon(self, pts, width, fill, opacity=None):
        """A road or river: `width` in map units, or one width a point."""
        pts = smooth(pts)
        left, right = [], []
        for i, (u, v) in enumerate(pts):
            a, b = pts[max(i - 1, 0)], pts[min(i + 1, len(pts) - 1)]
            ln = math.dist(a, b) or 1
            nx, ny = -(b[1] - a[1]) / ln, (b[0] - a[0]) / ln
            w = width / 2 if isinstance(width, float) else (width[0] + (width[1] - width[0]) * i / len(pts)) / 2
            left.append((u + nx * w, v + ny * w))
            right.append((u - nx * w, v - ny * w))
        self.s.c.poly([self.at(*p) for p in left + right[::-1]], fill, opacity)


def dense(pts, step=0.25):
    out = []
    for a, b in zip(pts, pts[1:]):
        n = max(1, int(math.dist(a, b) / step))
        out += [(a[0] + (b[0] - a[0]) * i / n, a[1] + (b[1] - a[1]) * i / n) for i in range(n)]
    return out + [pts[-1]]


def smooth(pts):
    """A straight line gets points too, for it must bend with the folds."""
    return dense(pts, 0.2) if len(pts) == 2 else spline(pts, 14)


SHA = [(-0.4, 5.2), (1.6, 5.55), (3.2, 4.75), (4.7, 4.5), (6.0, 4.0), (7.6, 4.25), (9.2, 3.55), (11.4, 3.3)]
LI = [(-0.4, 2.3), (1.2, 2.75), (2.6, 2.45), (4.0, 3.2), (5.2, 3.55), (6.1, 4.0)]


def grid(i, j):
    """A corner of the street grid, in map units."""
    u, v = (i - 9) * 0.82, (j - 6) * 0.78
    return 5.5 + u * math.cos(GRID) - v * math.sin(GRID), 3.7 + u * math.sin(GRID) + v * math.cos(GRID)


def town(m):
    chance = rng("id-card")
    parks = {(4, 8), (5, 8), (12, 5), (12, 4), (7, 3), (14, 8), (15, 8), (3, 3), (10, 9)}
    for i in range(-2, 21):
        for j in range(-1, 13):
            q = [grid(i, j), grid(i + 1, j), grid(i + 1, j + 1), grid(i, j + 1)]
            if not any(-0.9 < u < W + 0.9 and -0.9 < v < H + 0.9 for u, v in q):
                continue
            cu, cv = sum(u for u, _ in q) / 4, sum(v for _, v in q) / 4

            def shrink(k, du=0.0, dv=0.0):
                return [(cu + (u - cu) * k + du, cv + (v - cv) * k + dv) for u, v in q]

            if (i, j) in parks:
                m.area(shrink(0.9), GREEN[1])
                for _ in range(7):
                    p = m.at(cu + chance.uniform(-0.28, 0.28), cv + chance.uniform(-0.26, 0.26))
                    m.s.c.circle(*p, 6.5, GREEN[2])
                continue
            far = math.hypot((cu - 5.7) / 5.4, (cv - 3.8) / 3.6)
            m.area(shrink(0.9), PAPER[1] if far < 0.75 else PAPER[2] if far < 1.05 else mix(GREEN[0], PAPER[2], 0.4))
            if far > 1.05 and chance.random() < 0.7:
                continue
            for du, dv in ((-0.18, -0.17), (0.18, -0.17), (-0.18, 0.17), (0.18, 0.17)):
                if chance.random() < 0.62:
                    k = chance.uniform(0.24, 0.38)
                    m.area(shrink(k, du, dv), chance.choice((PAPER[3], PAPER[3], PAPER[4], mix(RED[0], PAPER[3], 0.6))))


def roads(m):
    for pts in (
        [grid(-3, 6), grid(22, 6)], [grid(9, -3), grid(9, 15)], [grid(-3, 9), grid(22, 9)], [grid(5, -3), grid(5, 15)], [grid(14, -3), grid(14, 15)], [grid(-3, 3), grid(22, 3)],
    ):
        m.ribbon(pts, 0.19, PAPER[4])
        m.ribbon(pts, 0.14, PAPER[0])
    ring = [(1.3, 0.7), (5.4, 0.25), (9.6, 1.0), (10.4, 3.6), (9.7, 6.4), (5.6, 7.0), (1.5, 6.7), (0.6, 3.9), (1.3, 0.7)]
    m.ribbon(ring, 0.26, BRASS[3])
    m.ribbon(ring, 0.19, BRASS[1])
    rail = [(7.2, -0.6), (7.5, 1.5), (8.3, 3.6), (8.5, 5.5), (8.2, 8.2)]
    m.ribbon(rail, 0.1, GREY[5])
    pts = smooth(rail)
    for a, b in zip(pts[::4], pts[2::4]):
        m.ribbon([a, b], 0.055, PAPER[0])


def rivers(m):
    for pts, w in ((SHA, (0.46, 0.62)), (LI, (0.3, 0.4))):
        m.ribbon(pts, (w[0] + 0.26, w[1] + 0.26), GREEN[1])
        m.ribbon(pts, (w[0] + 0.1, w[1] + 0.1), PAPER[0])
    for pts, w in ((SHA, (0.46, 0.62)), (LI, (0.3, 0.4))):
        m.ribbon(pts, w, NAVY[2])
    for pts, w in ((SHA, (0.08, 0.1)), (LI, (0.05, 0.06))):
        m.ribbon([(u, v + 0.08) for u, v in pts], w, NAVY[1])
    for u, v, turn in ((3.0, 4.84, -60), (5.25, 4.32, -72), (8.5, 3.86, 62), (2.15, 2.5, 75), (4.55, 3.4, -65)):  # bridges
        a = math.radians(90 + (turn - 90 if turn > 0 else turn + 90) * 0.25) + GRID
        du, dv = math.cos(a) * 0.46, math.sin(a) * 0.46
        m.ribbon([(u - du, v - dv), (u + du, v + dv)], 0.2, GREY[4])
        m.ribbon([(u - du, v - dv), (u + du, v + dv)], 0.14, PAPER[0])


def paper(m):
    c, s = m.s.c, m.s
    edge = dense([(0, 0), (W, 0), (W, H), (0, H), (0, 0)])
    low = [s.cam.at(u + 0.18, v - 0.22, -0.02) for u, v in edge]
    c.poly(low, NAVY[9], 0.55)
    outline = [m.at(u, v) for u, v in edge]
    c.poly(outline, PAPER[0])
    inner = [m.at(u, v) for u, v in dense([(0.22, 0.22), (W - 0.22, 0.22), (W - 0.22, H - 0.22), (0.22, H - 0.22), (0.22, 0.22)])]
    with c.clip(inner):
        m.area([(0, 0), (W, 0), (W, H), (0, H)], PAPER[0])
        town(m)
        roads(m)
        rivers(m)
    c.line(inner + inner[:1], NAVY[5], 2.2)
    for p in range(PANELS):  # panels that turn from the light
        u0, u1 = W * p / PANELS, W * (p + 1) / PANELS
        if p % 2:
            c.poly([m.at(u0, 0), m.at(u1, 0), m.at(u1, H), m.at(u0, H)], NAVY[5], 0.14)
        if p:
            c.line([m.at(u0, 0), m.at(u0, H)], PAPER[0] if p % 2 else NAVY[5], 1.6, 0.6)


def pin(m, u, v, main=False):
    """A counter's window on a pin."""
    c = m.s.c
    x, y = m.at(u, v)
    k = m.s.cam.scale(u, v, 0.2)
    r = 0.34 * k * (1.25 if main else 1)
    c.poly([(x, y), (x + r * 2.1, y - r * 0.75), (x + r * 2.9, y - r * 0.5), (x + r * 2.5, y - r * 0.1)], NAVY[8], 0.3)
    c.ellipse(x, y, r * 0.24, r * 0.13, NAVY[8], 0.5)
    h = r * 2.35
    c.path(f"M{num(x)} {num(y)} C{num(x - r * 0.35)} {num(y - h * 0.42)} {num(x - r)} {num(y - h * 0.55)} {num(x - r)} {num(y - h)} A{num(r)} {num(r)} 0 0 1 {num(x + r)} {num(y - h)} C{num(x + r)} {num(y - h * 0.55)} {num(x + r * 0.35)} {num(y - h * 0.42)} {num(x)} {num(y)}Z", RED[2])
    c.path(f"M{num(x)} {num(y)} C{num(x + r * 0.35)} {num(y - h * 0.42)} {num(x + r)} {num(y - h * 0.55)} {num(x + r)} {num(y - h)} A{num(r)} {num(r)} 0 0 0 {num(x + r * 0.3)} {num(y - h - r * 0.954)} C{num(x + r * 0.75)} {num(y - h * 0.8)} {num(x + r * 0.2)} {num(y - h * 0.42)} {num(x)} {num(y)}Z", RED[3])
    q = r * 0.52
    c.rect(x - q, y - h - q, 2 * q, 1.5 * q, PAPER[0])
    c.path(f"M{num(x - q * 0.5)} {num(y - h + q * 0.5)} V{num(y - h - q * 0.1)} A{num(q * 0.5)} {num(q * 0.5)} 0 0 1 {num(x + q * 0.5)} {num(y - h - q * 0.1)} V{num(y - h + q * 0.5)}Z", NAVY[6])
    c.rect(x - q * 1.25, y - h + q * 0.5, 2.5 * q, q * 0.32, PAPER[0])


def card(s):
    """The card lies on the map: portrait as a shape, fields as bars, nothing else."""
    c = s.c
    cu, cv, a, lift, k = 5.35, 1.55, math.radians(9), FOLD + 0.05, 2.0

    def at(u, v, t=0.0):
        u, v = u * k, v * k
        return s.cam.at(cu + u * math.cos(a) - v * math.sin(a), cv + u * math.sin(a) + v * math.cos(a), lift + t)

    def rounded(w, h, r, du=0.0, dv=0.0, t=0.0):
        out = []
        for sx, sy, a0 in ((1, 1, 0), (-1, 1, 90), (-1, -1, 180), (1, -1, 270)):
            for i in range(7):
                b = math.radians(a0 + i * 15)
                out.append(at(du + sx * (w / 2 - r) + r * math.cos(b), dv + sy * (h / 2 - r) + r * math.sin(b), t))
        return out

    def bar(u0, v0, u1, v1, fill):
        c.poly([at(u0, v0), at(u1, v0), at(u1, v1), at(u0, v1)], fill)

    c.poly([(x + 22, y + 20) for x, y in rounded(1.6, 1.0, 0.07)], NAVY[8], 0.4)
    c.poly(rounded(1.6, 1.0, 0.07, t=-0.045), NAVY[2])
    c.poly(rounded(1.6, 1.0, 0.07), PAPER[0])
    face = rounded(1.6, 1.0, 0.07)
    with c.clip(face):
        for i in range(13):  # a plain wave pattern, as on any card
            pts = [at(-0.85 + 1.7 * t / 60, -0.42 + i * 0.085 + 0.05 * math.sin(t * 0.35 + i * 0.7)) for t in range(61)]
            c.line(pts, NAVY[1], 1.5, 0.75)
        bar(-0.8, 0.4, 0.8, 0.5, NAVY[4])
    for v, ends in ((0.24, (-0.68, -0.5, -0.44, 0.0)), (0.09, (-0.68, -0.5, -0.44, -0.3)), (-0.06, (-0.68, -0.5, -0.44, 0.12)), (-0.17, (0, 0, -0.44, 0.02))):
        bar(ends[0], v, ends[1], v + 0.055, NAVY[3])
        bar(ends[2], v, ends[3], v + 0.055, INK)
    bar(-0.68, -0.39, -0.5, -0.33, NAVY[3])
    bar(-0.44, -0.4, 0.56, -0.325, INK)
    portrait = [at(0.28, -0.22), at(0.68, -0.22), at(0.68, 0.29), at(0.28, 0.29)]
    c.poly(portrait, NAVY[0])
    with c.clip(portrait):
        c.poly([at(0.48 + 0.2 * math.cos(t / 24 * 6.283), -0.24 + 0.22 * math.sin(t / 24 * 6.283)) for t in range(24)], NAVY[6])
        c.poly([at(0.44, -0.08), at(0.52, -0.08), at(0.52, 0.05), at(0.44, 0.05)], NAVY[5])
        c.poly([at(0.48 + 0.085 * math.cos(t / 24 * 6.283), 0.1 + 0.105 * math.sin(t / 24 * 6.283)) for t in range(24)], NAVY[5])
    return at(0, 0)


def draw():
    c = Canvas(ground=NAVY[6])
    s = Stage(c, Camera((5.5, -5.9, 10.6), pitch=54, focal=1690, centre=(800, 690)), (-0.5, 0.2, 0.8))
    for i in range(-3, 12):  # the counter's boards
        s.face([(-6, i * 1.5, -0.05), (18, i * 1.5, -0.05), (18, i * 1.5 + 1.46, -0.05), (-6, i * 1.5 + 1.46, -0.05)], NAVY[7] if i % 2 else mix(NAVY[7], NAVY[6], 0.45))
    m = Sheet(s)
    paper(m)
    pins = [(1.35, 6.25), (4.4, 6.3), (6.5, 6.45), (9.75, 5.9), (2.1, 4.2), (7.2, 4.9), (9.9, 4.3), (0.8, 2.6), (3.3, 5.35), (8.9, 2.5), (9.7, 0.95), (1.75, 0.85)]
    start = (5.4, 1.9)
    for u, v in pins:
        pts = [m.at(start[0] + (u - start[0]) * t / 40, start[1] + (v - start[1]) * t / 40, 0.02) for t in range(41)]
        c.line(pts, RED[2], 3.2, 0.85, cap="round", dash="2 10")
    for u, v in sorted(pins, key=lambda p: -p[1]):
        if v > 1.9:
            pin(m, u, v)
    card(s)
    for u, v in sorted(pins, key=lambda p: -p[1]):
        if v <= 1.9:
            pin(m, u, v)
    return c
