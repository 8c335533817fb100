"""Before the awards: certificates stand ready in rows, three plain cups, flowers."""

from kit import *

LIGHT = (-0.65, -0.35, 0.75)
TOP = 0.78
CLOTH = (NAVY[4], NAVY[6], NAVY[8])
METAL = (BRASS[1], BRASS[2], BRASS[4])


def hall(s):
    c = s.c
    c.rect(0, 0, WIDTH, HEIGHT, PAPER[2])
    s.wall_y(9.0, -14, 16, 0, 6, mix(PAPER[2], NAVY[1], 0.25))
    for x0 in (-6.2, -2.3, 1.6, 5.5):  # tall windows with curtains tied back
        s.wall_y(8.98, x0 - 0.12, x0 + 2.32, 0.95, 5.6, PAPER[0])
        s.wall_y(8.97, x0, x0 + 2.2, 1.05, 5.6, NAVY[0])
        with c.clip(s.cam.pts([(x0, 8.97, 1.05), (x0 + 2.2, 8.97, 1.05), (x0 + 2.2, 8.97, 5.6), (x0, 8.97, 5.6)])):
            k = s.cam.scale(x0, 8.97, 2)
            s.wall_y(8.965, x0, x0 + 2.2, 1.05, 1.5, GREEN[1])
            for j in range(9):  # treetops outside
                px, py = s.cam.at(x0 - 0.1 + j * 0.3, 8.97, 1.5 + 0.5 * ((j * 5 + int(x0 * 2)) % 4) / 3)
                c.circle(px, py, 0.42 * k, GREEN[1])
            for j in range(8):
                px, py = s.cam.at(x0 + j * 0.34, 8.97, 1.05 + 0.45 * ((j * 3 + int(x0 * 3)) % 3) / 2)
                c.circle(px, py, 0.36 * k, GREEN[2])
        s.wall_y(8.95, x0 + 1.06, x0 + 1.14, 1.05, 5.6, PAPER[0])
        s.wall_y(8.95, x0, x0 + 2.2, 3.0, 3.08, PAPER[0])
        for sx, e in ((-1, x0 - 0.5), (1, x0 + 2.7)):
            for k in range(4):
                a = e - sx * k * 0.2
                s.face([(a, 8.9, 0.3), (a - sx * 0.2, 8.9, 0.3), (a - sx * 0.2, 8.9, 5.9), (a, 8.9, 5.9)], (GREEN[4], GREEN[5])[k % 2])
    s.floor(-14, -3, 16, 9, WOOD[1])
    for i in range(-5, 8):
        s.stroke([(i * 1.3, -2.5, 0), (i * 1.3, 9, 0)], WOOD[2], 0.02)
    for x0 in (-6.2, -2.3, 1.6, 5.5):
        s.face([(x0 + 1.2, 6.4, 0), (x0 + 3.4, 6.4, 0), (x0 + 5.4, 1.5, 0), (x0 + 3.2, 1.5, 0)], WOOD[0])
    s.wall_y(8.97, -14, 16, 0, 0.28, WOOD[3])


def table(s, x0, x1, y0, y1):
    s.shadow((x0 + x1) / 2, (y0 + y1) / 2, 0, x1 - x0, y1 - y0, TOP, WOOD[4], 0.45)
    s.box((x0 + x1) / 2, (y0 + y1) / 2, 0, x1 - x0, y1 - y0, TOP, CLOTH, seam=False)
    s.wall_y(y0 - 0.005, x0, x1, TOP - 0.07, TOP, NAVY[5])
    n = int((x1 - x0) / 0.3)
    for i in range(n):  # folds
        a = x0 + (i + 0.5) * (x1 - x0) / n
        s.face([(a, y0 - 0.006, 0), (a + 0.1, y0 - 0.006, 0), (a + 0.04, y0 - 0.006, TOP - 0.07), (a + 0.02, y0 - 0.006, TOP - 0.07)], NAVY[7])


def certificate(s, x, y, turn=0.0):
    """An open folder standing like a tent card: red cloth outside, cream inside, a plain rosette."""
    w, h, lean = 0.62, 0.46, 0.13
    a = math.radians(turn)
    ca, sa = math.cos(a), math.sin(a)

    def at(u, v, f=0.0):  # u across, v up the leaf, f towards the viewer
        d = lean * v / h - f
        return x + u * ca - d * sa, y + u * sa + d * ca, TOP + v

    def quad(u0, v0, u1, v1, fill, f=0.004):
        s.face([at(u0, v0, f), at(u1, v0, f), at(u1, v1, f), at(u0, v1, f)], fill)

    back = at(0, 0)
    s.face([at(-w / 2, 0), at(w / 2, 0), (x + (w / 2 + 0.3) * ca - 0.36 * sa, y + (w / 2 + 0.3) * sa + 0.36 * ca, TOP + 0.002), (x + (-w / 2 + 0.3) * ca - 0.36 * sa, y + (-w / 2 + 0.3) * sa + 0.36 * ca, TOP + 0.002)], NAVY[8], 0.55)
    s.face([at(w / 2, 0), at(w / 2, h), (x + w / 2 * ca - 0.3 * sa, y + w / 2 * sa + 0.3 * ca, TOP)], RED[3])
    quad(-w / 2, 0, w / 2, h, RED[2], 0.0)
    quad(-w / 2 + 0.03, 0.03, w / 2 - 0.03, h - 0.03, PAPER[0])
    quad(-w / 2 + 0.045, 0.045, w / 2 - 0.045, h - 0.045, BRASS[1], 0.005)
    quad(-w / 2 + 0.055, 0.055, w / 2 - 0.055, h - 0.055, PAPER[0], 0.006)
    quad(-0.1, h - 0.15, 0.1, h - 0.115, RED[2], 0.007)
    for i, (p, q) in enumerate(((-0.2, 0.2), (-0.2, 0.2), (-0.2, 0.06))):
        quad(p, h - 0.215 - i * 0.05, q, h - 0.202 - i * 0.05, GREY[2], 0.007)
    k = s.cam.scale(*back)
    px, py = s.cam.at(*at(0.17, 0.115, 0.008))
    for i in range(10):
        b = math.radians(36 * i)
        s.c.circle(px + 0.03 * k * math.cos(b), py + 0.03 * k * math.sin(b), 0.0125 * k, RED[1])
    s.c.circle(px, py, 0.03 * k, RED[1])
    s.c.circle(px, py, 0.018 * k, BRASS[1])


def cup(s, x, y, k=1.0):
    """A plain two-handled cup on a wooden foot."""
    c = s.c
    s.c.poly([s.cam.at(x + 0.24 * k + 0.3 * k * math.cos(i / 30 * 6.283), y + 0.13 * k + 0.13 * k * math.sin(i / 30 * 6.283), TOP + 0.002) for i in range(30)], NAVY[9], 0.5)
    for sx in (-1, 1):
        pts = []
        for i in range(21):
            t = i / 20
            b = math.radians(-75 + 150 * t)
            pts.append(s.cam.at(x + sx * (0.135 + 0.125 * math.cos(b)) * k, y, TOP + (0.475 + 0.135 * math.sin(b)) * k))
        c.line(pts, METAL[2] if sx > 0 else METAL[1], 0.034 * k * s.cam.scale(x, y, TOP), cap="round")
    s.box(x, y, TOP, 0.26 * k, 0.26 * k, 0.12 * k, (WOOD[3], WOOD[4], WOOD[5]))
    s.wall_y(y - 0.131 * k, x - 0.07 * k, x + 0.07 * k, TOP + 0.04 * k, TOP + 0.085 * k, METAL[1])
    profile = [(0.09, 0.12), (0.085, 0.14), (0.03, 0.17), (0.024, 0.25), (0.05, 0.28), (0.024, 0.305), (0.07, 0.33), (0.13, 0.4), (0.16, 0.5), (0.17, 0.62), (0.182, 0.635)]
    s.lathe(x, y, TOP, [(r * k, z * k) for r, z in profile], METAL, 48, cap=METAL[2])
    s.disc(x, y, TOP + 0.632 * k, 0.16 * k, BRASS[4])


def crystal(s, x, y, h):
    """A glass block cut slantwise, on a dark foot."""
    s.shadow(x, y, TOP, 0.2, 0.1, h, NAVY[9], 0.3, ground=TOP + 0.001)
    s.box(x, y, TOP, 0.3, 0.2, 0.07, (NAVY[7], NAVY[8], NAVY[9]))
    s.prism(x, y, TOP + 0.07, [(-0.11, 0), (0.11, 0), (0.13, h - 0.07), (-0.13, h + 0.07)], 0.09, (NAVY[0], NAVY[1], NAVY[2]))
    s.face([(x - 0.1, y - 0.046, TOP + 0.1), (x - 0.03, y - 0.046, TOP + 0.1), (x - 0.07, y - 0.046, TOP + h + 0.07), (x - 0.12, y - 0.046, TOP + h + 0.1)], PAPER[0])
    for i in range(3):
        s.wall_y(y - 0.047, x - 0.02, x + 0.085 - (i == 2) * 0.04, TOP + h * 0.55 - i * 0.05, TOP + h * 0.55 - i * 0.05 + 0.014, NAVY[4])
    px, py = s.cam.at(x + 0.03, y - 0.047, TOP + h * 0.78)
    k = s.cam.scale(x, y, TOP)
    s.c.circle(px, py, 0.045 * k, NAVY[4])
    s.c.circle(px, py, 0.03 * k, NAVY[0])


def flowers(s, x, y):
    """Carnations and greenery in a white vase."""
    c, chance = s.c, rng("carnations")
    k = s.cam.scale(x, y, TOP)
    px, py = s.cam.at(x, y, TOP + 0.36)
    s.c.poly([s.cam.at(x + 0.3 + 0.34 * math.cos(i / 30 * 6.283), y + 0.14 + 0.15 * math.sin(i / 30 * 6.283), TOP + 0.002) for i in range(30)], NAVY[9], 0.5)
    for i in range(21):
        leaf(c, px, py, k * chance.uniform(0.34, 0.56), 0.05 * k, -170 + i * 8, GREEN[3 + i % 3])
    spots = []
    for i in range(15):
        a = math.radians(-165 + i * 10.7)
        r = chance.uniform(0.27, 0.5)
        spots.append((px + math.cos(a) * r * k * 0.95, py + math.sin(a) * r * k, i))
    for u, v, _ in spots:
        c.line([(px, py), (u, v)], GREEN[4], 3)
    for u, v, i in sorted(spots, key=lambda t: t[1]):
        tone = (mix(RED[0], PAPER[0], 0.35), RED[1], PAPER[0], RED[0])[i % 4]
        for j in range(9):
            b = math.radians(40 * j + i * 13)
            c.circle(u + 0.045 * k * math.cos(b), v + 0.036 * k * math.sin(b), 0.026 * k, mix(tone, RED[3], 0.16))
        for j in range(7):
            b = math.radians(51 * j + i * 29)
            c.circle(u + 0.024 * k * math.cos(b), v - 0.006 * k + 0.02 * k * math.sin(b), 0.022 * k, tone)
    s.lathe(x, y, TOP, [(0.1, 0), (0.15, 0.1), (0.13, 0.24), (0.085, 0.33), (0.1, 0.38)], (PAPER[0], PAPER[1], PAPER[3]), 40)


def folders(s, x, y, n, turn):
    """A pile of closed folders."""
    s.shadow(x, y, TOP, 0.62, 0.46, n * 0.035, NAVY[9], 0.5, turn, ground=TOP + 0.001)
    for i in range(n):
        s.box(x + 0.012 * ((i * 7) % 3 - 1), y, TOP + i * 0.036, 0.62, 0.46, 0.034, (RED[1], RED[2], RED[3]) if i % 2 else (RED[2], RED[3], RED[4]), turn + ((i * 5) % 3 - 1) * 2)
    a = math.radians(turn)
    z = TOP + n * 0.036 + 0.002

    def at(u, v):
        return x + u * math.cos(a) - v * math.sin(a), y + u * math.sin(a) + v * math.cos(a), z

    s.face([at(-0.31, -0.23), at(0.31, -0.23), at(0.31, 0.23), at(-0.31, 0.23)], RED[2])
    s.face([at(-0.16, 0.03), at(0.16, 0.03), at(0.16, 0.09), at(-0.16, 0.09)], BRASS[2])


def draw():
    c = Canvas()
    s = Stage(c, Camera((0.0, -2.6, 2.12), focal=1500, centre=(800, 268)), LIGHT)
    hall(s)
    table(s, -6.4, 6.4, 4.3, 6.2)
    for y in (5.9, 5.3, 4.7):
        for i in range(13):
            x = -5.5 + i * 0.92 + (0.2 if y == 5.3 else 0)
            certificate(s, x, y, (i % 3 - 1) * 1.5)
    table(s, -2.75, 2.75, 0.6, 2.5)
    for i in range(6):
        certificate(s, -2.2 + i * 0.88, 2.1, (i % 3 - 1) * 2)
    flowers(s, -1.62, 1.42)
    crystal(s, 1.02, 1.35, 0.5)
    crystal(s, 1.46, 1.5, 0.4)
    cup(s, 0.02, 1.3, 1.15)
    cup(s, -0.62, 1.5, 0.92)
    cup(s, 0.6, 1.62, 0.84)
    folders(s, 1.72, 0.98, 7, 9)
    certificate(s, -1.12, 0.84, 8)
    return c
