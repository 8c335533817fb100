"""The television and telephone conference: a full hall before a wall of 28 remote rooms."""

from kit import *

HALF, DEPTH, HIGH = 12.5, 21.0, 9.3
STAGE_Y, STAGE_Z = 14.5, 1.0
WALL_X, WALL_W, WALL_Z = -7.35, 14.7, 2.75  # the screens: left edge, width, foot
COLS, LINES, CELL_W, CELL_H = 7, 4, 2.1, 1.34


def hall(s):
    s.floor(-HALF, -2, HALF, STAGE_Y, NAVY[8])
    s.face([(-HALF, -2, HIGH), (HALF, -2, HIGH), (HALF, DEPTH, HIGH), (-HALF, DEPTH, HIGH)], NAVY[8])
    for y in (1, 4, 7, 10, 13, 16):  # ceiling panels with a slit of light between them
        s.face([(-HALF, y, HIGH - 0.02), (HALF, y, HIGH - 0.02), (HALF, y + 2.4, HIGH - 0.02), (-HALF, y + 2.4, HIGH - 0.02)], NAVY[7])
        for x in (-8.4, -4.2, 0, 4.2, 8.4):
            s.face([(x - 0.9, y + 2.55, HIGH), (x + 0.9, y + 2.55, HIGH), (x + 0.9, y + 2.8, HIGH), (x - 0.9, y + 2.8, HIGH)], BRASS[1])
    for side in (-1, 1):
        x = side * HALF
        s.wall_x(x, -2, DEPTH, 0, HIGH, NAVY[7] if side > 0 else NAVY[8])
        for y in range(0, 14, 2):  # acoustic panels in wood
            ramp = WOOD[3] if side > 0 else WOOD[4]
            s.wall_x(x, y + 0.12, y + 1.88, 1.3, 6.8, ramp)
            s.wall_x(x, y + 0.12, y + 0.5, 1.3, 6.8, WOOD[4] if side > 0 else WOOD[5])
            s.wall_x(x, y + 0.85, y + 1.15, 5.4, 6.1, BRASS[1])
    s.wall_y(DEPTH, -HALF, HALF, 0, HIGH, NAVY[6])
    for x in (-HALF, 8.6):  # curtains either side of the screens
        for i in range(7):
            u = x + i * 3.9 / 7
            s.wall_y(DEPTH - 0.5, u, u + 3.9 / 7, STAGE_Z, HIGH, RED[3])
            s.wall_y(DEPTH - 0.5, u, u + 0.2, STAGE_Z, HIGH, RED[4])
    s.wall_y(DEPTH - 0.6, -HALF, HALF, HIGH - 0.85, HIGH, RED[3])
    s.wall_y(DEPTH - 0.6, -HALF, HALF, HIGH - 0.95, HIGH - 0.85, BRASS[3])


def remote(s, x, z, kind):
    """One screen: a far room, its table and the rows that listen there."""
    c, y = s.c, DEPTH - 0.75
    w, h = CELL_W - 0.1, CELL_H - 0.1
    wall, table = [(NAVY[2], NAVY[4]), (NAVY[1], WOOD[2]), (NAVY[3], NAVY[5]), (PAPER[2], WOOD[2]), (NAVY[2], WOOD[3])][kind]
    cell = s.cam.pts([(x, y, z), (x + w, y, z), (x + w, y, z + h), (x, y, z + h)])
    c.poly(cell, wall)
    with c.clip(cell):
        s.wall_y(y, x, x + w, z, z + h * 0.34, NAVY[5] if kind != 3 else WOOD[3])
        s.wall_y(y, x + w * 0.3, x + w * 0.7, z + h * 0.78, z + h * 0.86, RED[1])
        k = s.cam.scale(x, y, z)
        heads = 5 + kind % 3
        if kind in (1, 4):  # a second row behind the first
            for i in range(heads + 1):
                px, py = s.cam.at(x + w * i / heads, y, z + h * 0.56)
                c.circle(px, py - 0.07 * k, 0.06 * k, NAVY[6])
                c.rect(px - 0.1 * k, py, 0.2 * k, 0.4 * k, NAVY[6], rx=3)
        for i in range(heads):
            px, py = s.cam.at(x + w * (i + 0.5) / heads, y, z + h * 0.44)
            c.circle(px, py - 0.1 * k, 0.075 * k, NAVY[8])
            c.rect(px - 0.12 * k, py - 0.02 * k, 0.24 * k, 0.5 * k, NAVY[7], rx=3)
        s.wall_y(y, x + w * 0.05, x + w * 0.95, z + h * 0.1, z + h * 0.3, table)
        s.wall_y(y, x + w * 0.05, x + w * 0.95, z + h * 0.28, z + h * 0.32, PAPER[1])
        s.wall_y(y, x, x + w, z, z + h * 0.08, NAVY[8])


def screens(s):
    chance = rng("meeting")
    y = DEPTH - 0.7
    s.wall_y(y, WALL_X - 0.22, WALL_X + WALL_W + 0.22, WALL_Z - 0.2, WALL_Z + LINES * CELL_H + 0.2, INK)
    for row in range(LINES):
        for col in range(COLS):
            remote(s, WALL_X + col * CELL_W + 0.05, WALL_Z + row * CELL_H + 0.05, chance.randrange(5))


def stage(s):
    c = s.c
    s.floor(-HALF, STAGE_Y, HALF, DEPTH - 0.6, WOOD[2], STAGE_Z)
    for i in range(1, 16):
        x = -HALF + i * 2 * HALF / 16
        s.stroke([(x, STAGE_Y, STAGE_Z), (x, DEPTH - 0.7, STAGE_Z)], WOOD[3], 0.03)
    s.face([(-5.6, STAGE_Y, STAGE_Z), (5.6, STAGE_Y, STAGE_Z), (6.4, DEPTH - 1, STAGE_Z), (-6.4, DEPTH - 1, STAGE_Z)], WOOD[1])
    s.wall_y(STAGE_Y, -HALF, HALF, 0, STAGE_Z, WOOD[4])
    s.wall_y(STAGE_Y, -HALF, HALF, STAGE_Z - 0.12, STAGE_Z, WOOD[1])
    # the long table with its cloth; those behind it are shapes against the screens
    ty = 17.4
    for i in range(9):
        px, py = s.cam.at(-4.4 + i * 1.1, ty + 0.5, STAGE_Z + 1.12)
        k = s.cam.scale(0, ty + 0.5, STAGE_Z)
        c.rect(px - 0.28 * k, py - 0.34 * k, 0.56 * k, 0.8 * k, WOOD[4], rx=4)
        bust_back(c, px, py, k * 1.08, NAVY[7], INK, neck=mix(SKIN[1], NAVY[8], 0.45))
    s.box(0, ty, STAGE_Z, 10.6, 0.9, 0.82, (RED[1], RED[2], RED[3]))
    s.wall_y(ty - 0.46, -5.3, 5.3, STAGE_Z + 0.74, STAGE_Z + 0.82, PAPER[2])
    for i in range(1, 18):
        s.wall_y(ty - 0.46, -5.3 + i * 10.6 / 18 - 0.03, -5.3 + i * 10.6 / 18 + 0.03, STAGE_Z, STAGE_Z + 0.74, RED[3])
    for i in range(9):
        x = -4.4 + i * 1.1
        s.wall_y(ty - 0.3, x - 0.22, x + 0.22, STAGE_Z + 0.83, STAGE_Z + 1.03, PAPER[0])
        s.wall_y(ty - 0.2, x + 0.34, x + 0.46, STAGE_Z + 0.83, STAGE_Z + 1.02, NAVY[0])
    # plants along the edge of the stage
    chance = rng("plants")
    for i in range(26):
        x = -9.4 + i * 18.8 / 25
        px, py = s.cam.at(x, STAGE_Y + 0.15, STAGE_Z)
        k = s.cam.scale(x, STAGE_Y, STAGE_Z)
        for j in range(7):
            leaf(c, px, py, k * (0.4 + chance.random() * 0.2), k * 0.09, -160 + j * 23 + chance.random() * 8, GREEN[3 + j % 3])
    # lectern
    lx, ly = 8.3, 16.2
    px, py = s.cam.at(lx, ly + 0.5, STAGE_Z + 1.28)
    k = s.cam.scale(lx, ly, STAGE_Z)
    bust_back(c, px, py, k * 1.12, NAVY[7], INK, neck=mix(SKIN[1], NAVY[8], 0.45))
    s.box(lx, ly, STAGE_Z, 1.1, 0.7, 1.15, (WOOD[0], WOOD[2], WOOD[4]))
    s.wall_y(ly - 0.36, lx - 0.42, lx + 0.42, STAGE_Z + 0.15, STAGE_Z + 1.0, WOOD[1])
    for u in (-0.1, 0.1):
        s.stroke([(lx + u, ly, STAGE_Z + 1.15), (lx + u * 0.4, ly + 0.1, STAGE_Z + 1.45)], INK, 0.035)


def audience(s):
    """Rows that rise towards the viewer; the aisle runs slantwise to the stage."""
    c, chance = s.c, rng("audience")
    rows = [(12.6, 0.0), (11.3, 0.1), (10.0, 0.2), (8.7, 0.32), (7.4, 0.45), (6.1, 0.6), (4.8, 0.78), (3.5, 1.0)]
    s.face([(-0.75, 0, 1.0), (0.75, 0, 1.0), (0.75, STAGE_Y, 0), (-0.75, STAGE_Y, 0)], RED[3])
    coats = [NAVY[6], NAVY[6], NAVY[7], NAVY[6], NAVY[5]]
    for y, z in rows:
        k = s.cam.scale(0, y, z)
        seats = [sx * (1.35 + 0.78 * i) for sx in (-1, 1) for i in range(15)]
        for x in sorted(seats, key=lambda v: -abs(v)):
            px, py = s.cam.at(x + (0.2 if int(y * 10) % 4 else -0.1), y, z + 1.12)
            if not -150 < px < WIDTH + 150:
                continue
            if chance.random() < 0.93:
                bust_back(c, px, py, k * 1.05, chance.choice(coats), INK if chance.random() < 0.9 else NAVY[8], rim=NAVY[3], neck=mix(SKIN[1], NAVY[8], 0.4), tilt=chance.uniform(-0.025, 0.025), long=chance.random() < 0.22)
            w, top, foot = 0.33 * k, py + 0.02 * k, py + 1.3 * k
            c.path(f"M{num(px - w)} {num(foot)} L{num(px - w)} {num(top + 0.1 * k)} Q{num(px - w)} {num(top)} {num(px - w + 0.1 * k)} {num(top)} L{num(px + w - 0.1 * k)} {num(top)} Q{num(px + w)} {num(top)} {num(px + w)} {num(top + 0.1 * k)} L{num(px + w)} {num(foot)}Z", NAVY[5] if z < 0.9 else NAVY[6])
            c.path(f"M{num(px - w)} {num(top + 0.1 * k)} Q{num(px - w)} {num(top)} {num(px - w + 0.1 * k)} {num(top)} L{num(px + w - 0.1 * k)} {num(top)} Q{num(px + w)} {num(top)} {num(px + w)} {num(top + 0.1 * k)}", stroke=NAVY[3], width=num(max(1.2, 0.025 * k)))
            if abs(x) < 1.5:  # the end seat shows its side to the aisle
                edge = px - w if x > 0 else px + w
                if x > 0:
                    c.poly([(edge, top + 0.08 * k), (edge, foot), (edge - 0.12 * k, foot - 0.1 * k), (edge - 0.12 * k, top + 0.02 * k)], NAVY[8])


def draw():
    c = Canvas(ground=NAVY[8])
    s = Stage(c, Camera((-2.0, -1.5, 5.3), focal=1240, centre=(700, 372)), (-0.3, -0.5, 0.8))
    hall(s)
    screens(s)
    stage(s)
    audience(s)
    return c
