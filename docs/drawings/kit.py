"""The drawing kit: one palette, an SVG canvas, a pinhole camera, a few solids and figures.

Every picture is a scene set up in metres and seen through `Camera`, so perspective is
computed and never guessed. World axes: x to the right, y away from the viewer, z up.
Colour is flat: a material is three tones, and a face takes the one that the scene's light
gives it. Nothing here reads a clock, the system's randomness or the network, so the same
script always writes the same bytes.
"""

from __future__ import annotations

import math
import random
from contextlib import contextmanager

WIDTH, HEIGHT = 1600, 1067  # 3:2, twice the widest photo of a phone and 1.7 times a wide photo's column

# --- Palette -----------------------------------------------------------------------------
# Police navy, warm paper, cinnabar, muted greens, brass and wood; numbers grow darker.
INK = "#131a27"
NAVY = ["#e3e9ec", "#bccbd8", "#8ea6c0", "#5f7ba0", "#3f5a82", "#2b4166", "#1f3152", "#1b2a44", "#131f35", "#0d1626"]
PAPER = ["#fbf8f0", "#f4eddd", "#e9dec6", "#d9c9a6", "#c2ad84", "#a28c66", "#7d6b50"]
RED = ["#dd7a62", "#c4452f", "#a3261c", "#7c1c15", "#541410"]
GREEN = ["#d3d9b4", "#b1bf90", "#8aa074", "#647f5f", "#47644f", "#314a3f", "#21342f"]
BRASS = ["#f8e7b5", "#efcf85", "#dcae57", "#b98a3c", "#8c6730"]
WOOD = ["#d9a970", "#bd854b", "#996436", "#724828", "#4d301e", "#332118"]
GREY = ["#dfe0dc", "#bfc3c3", "#979ea3", "#71797f", "#525a62", "#3a424b", "#282f38"]
SKIN = ["#dbb08a", "#b98a66"]
DUSK = ["#f3d9a4", "#ecbd82", "#dd9163", "#b86b58", "#7d5464"]


def mix(a: str, b: str, t: float) -> str:
    """The colour a share `t` of the way from `a` to `b`, both `#rrggbb`."""
    pa, pb = ([int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in (a, b))
    return "#" + "".join(f"{round(x + (y - x) * t):02x}" for x, y in zip(pa, pb))


def tones(ramp: list[str], first: int) -> tuple[str, str, str]:
    """A material from a ramp of the palette: lit, plain and shaded."""
    return ramp[first], ramp[first + 1], ramp[first + 2]


def rng(name: str) -> random.Random:
    """Chance that is the same on every run: seeded by the picture's name."""
    return random.Random("zhuanlan:" + name)


def num(v: float) -> str:
    """A coordinate with at most one decimal, which is a tenth of a pixel here."""
    s = f"{v:.1f}"
    return s[:-2] if s.endswith(".0") else s


# --- Canvas ------------------------------------------------------------------------------
class Canvas:
    """An SVG under construction: what is drawn later lies on top."""

    def __init__(self, width: int = WIDTH, height: int = HEIGHT, ground: str | None = None):
        self.width, self.height = width, height
        self.parts: list[str] = []
        self.defs: list[str] = []
        self.clips = 0
        if ground:
            self.rect(0, 0, width, height, ground)

    def svg(self) -> str:
        defs = f"<defs>{''.join(self.defs)}</defs>\n" if self.defs else ""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
            f'width="{self.width}" height="{self.height}">\n'
        )
        return head + defs + "\n".join(self.parts) + "\n</svg>\n"

    def add(self, tag: str, **attrs) -> None:
        """One element. Names use `_` for `-`; absent values are left out."""
        text = "".join(
            f' {k.rstrip("_").replace("_", "-")}="{num(v) if isinstance(v, float) else v}"'
            for k, v in attrs.items()
            if v is not None
        )
        self.parts.append(f"<{tag}{text}/>")

    def rect(self, x, y, w, h, fill, opacity=None, rx=None, transform=None):
        self.add("rect", x=float(x), y=float(y), width=float(w), height=float(h), rx=rx, fill=fill, opacity=opacity, transform=transform)

    def circle(self, x, y, r, fill, opacity=None):
        self.add("circle", cx=float(x), cy=float(y), r=float(r), fill=fill, opacity=opacity)

    def ellipse(self, x, y, rx, ry, fill, opacity=None, turn=None):
        t = f"rotate({num(turn)} {num(x)} {num(y)})" if turn else None
        self.add("ellipse", cx=float(x), cy=float(y), rx=float(rx), ry=float(ry), fill=fill, opacity=opacity, transform=t)

    def poly(self, pts, fill, opacity=None, seam=False):
        """A filled polygon. `seam` closes the hairline that anti-aliasing leaves between neighbours."""
        if len(pts) < 3:
            return
        d = " ".join(f"{num(x)},{num(y)}" for x, y in pts)
        self.add(
            "polygon",
            points=d,
            fill=fill,
            opacity=opacity,
            stroke=fill if seam else None,
            stroke_width="1" if seam else None,
            stroke_linejoin="round" if seam else None,
        )

    def line(self, pts, stroke, width=1.0, opacity=None, cap=None, dash=None):
        if len(pts) < 2:
            return
        d = " ".join(f"{num(x)},{num(y)}" for x, y in pts)
        self.add("polyline", points=d, fill="none", stroke=stroke, stroke_width=float(width), opacity=opacity, stroke_linecap=cap, stroke_linejoin="round", stroke_dasharray=dash)

    def path(self, d, fill="none", stroke=None, width=None, opacity=None, cap=None, transform=None):
        self.add("path", d=d, fill=fill, stroke=stroke, stroke_width=width, opacity=opacity, stroke_linecap=cap, transform=transform)

    def text(self, x, y, words, size, fill, weight=400, anchor="start", family="'Noto Serif CJK SC'", spacing=None):
        sp = f' letter-spacing="{spacing}"' if spacing else ""
        self.parts.append(
            f'<text x="{num(x)}" y="{num(y)}" font-family="{family}" font-size="{num(size)}" '
            f'font-weight="{weight}" text-anchor="{anchor}" fill="{fill}"{sp}>{words}</text>'
        )

    @contextmanager
    def clip(self, pts):
        """What is drawn inside shows only within the polygon `pts`."""
        self.clips += 1
        key = f"c{self.clips}"
        d = " ".join(f"{num(x)},{num(y)}" for x, y in pts)
        self.defs.append(f'<clipPath id="{key}"><polygon points="{d}"/></clipPath>')
        self.parts.append(f'<g clip-path="url(#{key})">')
        yield
        self.parts.append("</g>")

    @contextmanager
    def group(self, transform=None, opacity=None):
        """Drawn inside: moved, or laid over as one veil of the given opacity."""
        t = f' transform="{transform}"' if transform else ""
        o = f' opacity="{opacity}"' if opacity is not None else ""
        self.parts.append(f"<g{t}{o}>")
        yield
        self.parts.append("</g>")


# --- Camera ------------------------------------------------------------------------------
class Camera:
    """A pinhole camera.

    `eye` in metres; `yaw` in degrees, positive to the right; `pitch` in degrees, positive
    downwards. With pitch 0 uprights stay upright, and `centre` shifts the lens as an
    architectural photographer would. `focal` is in pixels: at depth d metres, one metre
    is focal / d pixels.
    """

    def __init__(self, eye, yaw=0.0, pitch=0.0, focal=1200.0, centre=(800.0, 533.0), near=0.15):
        self.eye, self.focal, self.centre, self.near = eye, focal, centre, near
        self.cy, self.sy = math.cos(math.radians(yaw)), math.sin(math.radians(yaw))
        self.cp, self.sp = math.cos(math.radians(pitch)), math.sin(math.radians(pitch))

    def space(self, p):
        """A world point as (right, up, depth) from the eye."""
        dx, dy, dz = (p[i] - self.eye[i] for i in range(3))
        fwd = dx * self.sy + dy * self.cy
        return dx * self.cy - dy * self.sy, fwd * self.sp + dz * self.cp, fwd * self.cp - dz * self.sp

    def flat(self, s):
        return self.centre[0] + self.focal * s[0] / s[2], self.centre[1] - self.focal * s[1] / s[2]

    def at(self, x, y, z=0.0):
        """Where a point lands on the canvas. It must lie before the camera."""
        s = self.space((x, y, z))
        return self.flat((s[0], s[1], max(s[2], self.near)))

    def scale(self, x, y, z=0.0):
        """Pixels a metre at that point."""
        return self.focal / max(self.space((x, y, z))[2], self.near)

    def depth(self, x, y, z=0.0):
        return self.space((x, y, z))[2]

    def pts(self, world):
        """A polygon projected, cut off at the near plane."""
        ss = [self.space(p) for p in world]
        out = []
        for i, b in enumerate(ss):
            a = ss[i - 1]
            if (a[2] > self.near) != (b[2] > self.near):
                t = (self.near - a[2]) / (b[2] - a[2])
                out.append((a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, self.near))
            if b[2] > self.near:
                out.append(b)
        return [self.flat(s) for s in out]


# --- Solids ------------------------------------------------------------------------------
class Stage:
    """A canvas with a camera and a light: draws solids in the world's metres."""

    def __init__(self, canvas: Canvas, cam: Camera, light=(-0.6, -0.5, 0.8)):
        n = math.sqrt(sum(v * v for v in light))
        self.c, self.cam, self.light = canvas, cam, tuple(v / n for v in light)

    def face(self, world, fill, opacity=None, seam=False):
        self.c.poly(self.cam.pts(world), fill, opacity, seam)

    def stroke(self, world, colour, metres, opacity=None, cap="round", least=0.8, dash=None):
        """A line through world points, as thick as `metres` at its middle."""
        m = world[len(world) // 2]
        self.c.line([self.cam.at(*p) for p in world], colour, max(least, metres * self.cam.scale(*m)), opacity, cap, dash)

    def tone(self, normal, mat):
        """Which of a material's three tones a face takes."""
        k = sum(n * v for n, v in zip(normal, self.light))
        return mat[0] if k > 0.45 else mat[1] if k > -0.1 else mat[2]

    def sees(self, point, normal):
        return sum((e - p) * n for e, p, n in zip(self.cam.eye, point, normal)) > 1e-6

    def floor(self, x0, y0, x1, y1, fill, z=0.0, opacity=None):
        self.face([(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)], fill, opacity)

    def wall_x(self, x, y0, y1, z0, z1, fill, opacity=None):
        """A rectangle in the plane x = const."""
        self.face([(x, y0, z0), (x, y1, z0), (x, y1, z1), (x, y0, z1)], fill, opacity)

    def wall_y(self, y, x0, x1, z0, z1, fill, opacity=None):
        """A rectangle in the plane y = const."""
        self.face([(x0, y, z0), (x1, y, z0), (x1, y, z1), (x0, y, z1)], fill, opacity)

    def box(self, x, y, z, w, d, h, mat, turn=0.0, seam=True):
        """A box standing on (x, y, z), the middle of its foot; turned about its upright axis."""
        a = math.radians(turn)
        ca, sa = math.cos(a), math.sin(a)

        def put(u, v, t):
            return x + u * ca - v * sa, y + u * sa + v * ca, z + t

        u, v = w / 2, d / 2
        faces = [
            ((sa, -ca, 0), [(-u, -v, 0), (u, -v, 0), (u, -v, h), (-u, -v, h)]),
            ((-sa, ca, 0), [(u, v, 0), (-u, v, 0), (-u, v, h), (u, v, h)]),
            ((-ca, -sa, 0), [(-u, v, 0), (-u, -v, 0), (-u, -v, h), (-u, v, h)]),
            ((ca, sa, 0), [(u, -v, 0), (u, v, 0), (u, v, h), (u, -v, h)]),
            ((0, 0, 1), [(-u, -v, h), (u, -v, h), (u, v, h), (-u, v, h)]),
            ((0, 0, -1), [(-u, v, 0), (u, v, 0), (u, -v, 0), (-u, -v, 0)]),
        ]
        for normal, corners in faces:
            world = [put(*p) for p in corners]
            if self.sees(world[0], normal):
                self.face(world, self.tone(normal, mat), seam=seam)

    def shadow(self, x, y, z, w, d, h, fill, opacity, turn=0.0, ground=0.0):
        """The flat shadow a box throws on the level `ground`."""
        a = math.radians(turn)
        ca, sa = math.cos(a), math.sin(a)
        lx, ly, lz = self.light
        pts = []
        for u in (-w / 2, w / 2):
            for v in (-d / 2, d / 2):
                for t in (z, z + h):
                    k = (t - ground) / lz
                    pts.append((x + u * ca - v * sa - lx * k, y + u * sa + v * ca - ly * k))
        self.face([(px, py, ground) for px, py in hull(pts)], fill, opacity)

    def prism(self, x, y, z, profile, d, mat, turn=0.0):
        """A profile of (u, height) points, counter-clockwise, drawn out `d` metres in depth."""
        a = math.radians(turn)
        ca, sa = math.cos(a), math.sin(a)

        def put(u, v, t):
            return x + u * ca - v * sa, y + u * sa + v * ca, z + t

        faces = []
        for (u0, t0), (u1, t1) in zip(profile, profile[1:] + profile[:1]):
            ln = math.hypot(u1 - u0, t1 - t0) or 1
            nu, nt = (t1 - t0) / ln, (u0 - u1) / ln
            faces.append(((nu * ca, nu * sa, nt), [put(u0, -d / 2, t0), put(u1, -d / 2, t1), put(u1, d / 2, t1), put(u0, d / 2, t0)]))
        faces.append(((sa, -ca, 0), [put(u, -d / 2, t) for u, t in profile]))
        faces.append(((-sa, ca, 0), [put(u, d / 2, t) for u, t in reversed(profile)]))
        for normal, world in faces:
            if self.sees(world[0], normal):
                self.face(world, self.tone(normal, mat), seam=True)

    def house(self, x, y, w, d, eave, rise, wall, roof, turn=0.0, over=0.35):
        """A house with a saddle roof, its ridge along `w`, turned about its middle."""
        a = math.radians(turn)
        ca, sa = math.cos(a), math.sin(a)

        def put(u, v, t):
            return x + u * ca - v * sa, y + u * sa + v * ca, t

        u, v = w / 2, d / 2
        sides = [
            ((sa, -ca, 0), [(-u, -v, 0), (u, -v, 0), (u, -v, eave), (-u, -v, eave)]),
            ((-sa, ca, 0), [(u, v, 0), (-u, v, 0), (-u, v, eave), (u, v, eave)]),
            ((-ca, -sa, 0), [(-u, v, 0), (-u, -v, 0), (-u, -v, eave), (-u, 0, eave + rise), (-u, v, eave)]),
            ((ca, sa, 0), [(u, -v, 0), (u, v, 0), (u, v, eave), (u, 0, eave + rise), (u, -v, eave)]),
        ]
        for normal, corners in sides:
            world = [put(*p) for p in corners]
            if self.sees(world[0], normal):
                self.face(world, self.tone(normal, wall))
        ln = math.hypot(rise, v)
        drop = over * rise / v
        for side in (1, -1):
            nu, nv, nz = 0.0, side * rise / ln, v / ln
            normal = (nu * ca - nv * sa, nu * sa + nv * ca, nz)
            world = [put(-u - over, side * (v + over), eave - drop), put(u + over, side * (v + over), eave - drop), put(u + over, 0, eave + rise), put(-u - over, 0, eave + rise)]
            if self.sees(world[2], normal):
                self.face(world, self.tone(normal, roof))
        self.stroke([put(-u - over, 0, eave + rise + 0.05), put(u + over, 0, eave + rise + 0.05)], roof[2], 0.22, cap="butt")

    def lathe(self, x, y, z, profile, mat, sides=36, cap=None):
        """A turned solid from (radius, height) pairs, lowest first; `cap` colours the top disc."""
        quads = []
        for i in range(sides):
            a, b = 2 * math.pi * i / sides, 2 * math.pi * (i + 1) / sides
            m = (a + b) / 2
            for (r0, z0), (r1, z1) in zip(profile, profile[1:]):
                dz, dr = z1 - z0, r1 - r0
                ln = math.hypot(dz, dr) or 1
                normal = (math.cos(m) * dz / ln, math.sin(m) * dz / ln, -dr / ln)
                world = [
                    (x + r0 * math.cos(a), y + r0 * math.sin(a), z + z0),
                    (x + r0 * math.cos(b), y + r0 * math.sin(b), z + z0),
                    (x + r1 * math.cos(b), y + r1 * math.sin(b), z + z1),
                    (x + r1 * math.cos(a), y + r1 * math.sin(a), z + z1),
                ]
                if self.sees(world[0] if r0 else world[2], normal):
                    # Bands run the whole height: only a nearly level face looks at the sky.
                    flat = abs(normal[2]) > 0.8
                    k = (math.cos(m) * self.light[0] + math.sin(m) * self.light[1]) / math.hypot(*self.light[:2])
                    tone = self.tone(normal, mat) if flat else mat[0] if k > 0.6 else mat[1] if k > -0.15 else mat[2]
                    quads.append((-self.cam.depth(*world[0]), world, tone))
        for _, world, fill in sorted(quads, key=lambda q: q[0]):
            self.face(world, fill, seam=True)
        if cap:
            r, t = profile[-1]
            self.disc(x, y, z + t, r, cap)

    def disc(self, x, y, z, r, fill, opacity=None, sides=48):
        self.face([(x + r * math.cos(2 * math.pi * i / sides), y + r * math.sin(2 * math.pi * i / sides), z) for i in range(sides)], fill, opacity)

    def sheet(self, x, y, z, w, d, turn, fill, rules=0, ink=GREY[2], margin=0.14, opacity=None, short=()):
        """A sheet of paper lying flat, with `rules` grey lines for text; those in `short` end early."""
        a = math.radians(turn)
        ca, sa = math.cos(a), math.sin(a)

        def put(u, v):
            return x + u * ca - v * sa, y + u * sa + v * ca, z

        self.face([put(-w / 2, -d / 2), put(w / 2, -d / 2), put(w / 2, d / 2), put(-w / 2, d / 2)], fill, opacity)
        for i in range(rules):
            v = d / 2 - d * (i + 1) / (rules + 1)
            end = w * (0.5 - margin) if i not in short else w * 0.1
            t = d / (rules + 1) * 0.16
            self.face([put(-w * (0.5 - margin), v - t), put(end, v - t), put(end, v + t), put(-w * (0.5 - margin), v + t)], ink)


def spline(pts, n=12):
    """A smooth curve through the points (Catmull-Rom), `n` steps from one to the next.

    When the last point is the first again, the curve closes without a corner.
    """
    closed = pts[0] == pts[-1]
    ext = [pts[-2] if closed else pts[0], *pts, pts[1] if closed else pts[-1]]
    out = []
    for a, b, c, d in zip(ext, ext[1:], ext[2:], ext[3:]):
        for i in range(n):
            t = i / n
            out.append(tuple(0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t**3) for p, q, r, s in zip(a, b, c, d)))
    return out + [pts[-1]]


def hull(points):
    """The convex hull, counter-clockwise (Andrew's monotone chain)."""
    pts = sorted(set(points))

    def half(seq):
        out = []
        for p in seq:
            while len(out) > 1 and (out[-1][0] - out[-2][0]) * (p[1] - out[-2][1]) - (out[-1][1] - out[-2][1]) * (p[0] - out[-2][0]) <= 0:
                out.pop()
            out.append(p)
        return out[:-1]

    return half(pts) + half(reversed(pts))


# --- Figures: always small, always from behind or as a shape --------------------------------
def bust_back(c: Canvas, x, y, s, coat, hair, rim=None, neck=None, tilt=0.0, long=False):
    """Someone seated, from behind: head and shoulders.

    (x, y) is the middle of the shoulder blades and `s` the pixels a metre. `rim` is a light
    along the left of head and shoulder, `neck` the colour of nape and ears, `long` lets the
    hair fall to the collar. `tilt` bends the head sideways, in metres.
    """
    w, h = 0.245 * s, 0.34 * s
    top = y - 0.22 * s
    d = (
        f"M{num(x - w)} {num(y + h)} L{num(x - w)} {num(y - 0.02 * s)} "
        f"C{num(x - w)} {num(y - 0.13 * s)} {num(x - 0.15 * s)} {num(y - 0.145 * s)} {num(x - 0.06 * s)} {num(y - 0.18 * s)} "
        f"L{num(x + 0.06 * s)} {num(y - 0.18 * s)} "
        f"C{num(x + 0.15 * s)} {num(y - 0.145 * s)} {num(x + w)} {num(y - 0.13 * s)} {num(x + w)} {num(y - 0.02 * s)} "
        f"L{num(x + w)} {num(y + h)}Z"
    )
    hx, hy = x + tilt * s, top - 0.095 * s
    slip = f"translate({num(-0.014 * s)} {num(-0.01 * s)})"
    neck = neck or hair
    if rim:
        c.path(d, rim, transform=slip)
        c.ellipse(hx - 0.014 * s, hy - 0.01 * s, 0.088 * s, 0.115 * s, rim)
    c.path(d, coat)
    c.poly([(x - 0.05 * s, y - 0.175 * s), (hx - 0.045 * s, hy), (hx + 0.045 * s, hy), (x + 0.05 * s, y - 0.175 * s)], neck)
    c.ellipse(hx - 0.086 * s, hy + 0.02 * s, 0.014 * s, 0.028 * s, neck)
    c.ellipse(hx + 0.086 * s, hy + 0.02 * s, 0.014 * s, 0.028 * s, neck)
    if long:
        c.path(f"M{num(hx - 0.09 * s)} {num(hy)} C{num(hx - 0.11 * s)} {num(hy + 0.1 * s)} {num(hx - 0.085 * s)} {num(y - 0.15 * s)} {num(hx - 0.06 * s)} {num(y - 0.15 * s)} Q{num(hx)} {num(y - 0.13 * s)} {num(hx + 0.06 * s)} {num(y - 0.15 * s)} C{num(hx + 0.085 * s)} {num(y - 0.15 * s)} {num(hx + 0.11 * s)} {num(hy + 0.1 * s)} {num(hx + 0.09 * s)} {num(hy)}Z", hair)
    c.path(
        f"M{num(hx - 0.088 * s)} {num(hy)} C{num(hx - 0.092 * s)} {num(hy - 0.155 * s)} {num(hx + 0.092 * s)} {num(hy - 0.155 * s)} {num(hx + 0.088 * s)} {num(hy)} "
        f"C{num(hx + 0.086 * s)} {num(hy + 0.06 * s)} {num(hx + 0.06 * s)} {num(hy + 0.085 * s)} {num(hx + 0.045 * s)} {num(hy + 0.1 * s)} "
        f"Q{num(hx)} {num(hy + 0.085 * s)} {num(hx - 0.045 * s)} {num(hy + 0.1 * s)} "
        f"C{num(hx - 0.06 * s)} {num(hy + 0.085 * s)} {num(hx - 0.086 * s)} {num(hy + 0.06 * s)} {num(hx - 0.088 * s)} {num(hy)}Z",
        hair,
    )


def standing_back(c: Canvas, x, y, s, coat, trousers, hair, height=1.7, skirt=False, stride=0.0, lit=None, shade=None):
    """Someone standing or walking away. (x, y) is between the feet, `s` the pixels a metre.

    `lit` is a lighter tone down the left side; `shade` a flat shadow on the ground to the right.
    """
    k = s * height / 1.7

    def p(u, v):
        return f"{num(x + u * k)} {num(y - v * k)}"

    if shade:
        c.ellipse(x + 0.32 * k, y + 0.01 * k, 0.42 * k, 0.05 * k, shade)
    a, b = 0.055 + stride * 0.06, 0.055
    if skirt:
        c.path(f"M{p(-0.07, 0.4)} L{p(-0.06, 0.02)} L{p(-0.02, 0.02)} L{p(-0.01, 0.4)}Z", SKIN[1])
        c.path(f"M{p(0.07, 0.4)} L{p(0.06, 0.02)} L{p(0.02, 0.02)} L{p(0.01, 0.4)}Z", SKIN[1])
        c.path(f"M{p(-0.13, 0.9)} L{p(-0.19, 0.36)} L{p(0.19, 0.36)} L{p(0.13, 0.9)}Z", trousers)
    else:
        c.path(f"M{p(-0.14, 0.88)} L{p(-a - 0.06, 0)} L{p(-a + 0.05, 0)} L{p(0, 0.7)} L{p(b - 0.03, 0.03)} L{p(b + 0.08, 0.03)} L{p(0.14, 0.88)}Z", trousers)
    body = (
        f"M{p(-0.155, 0.76)} L{p(-0.17, 1.2)} C{p(-0.2, 1.38)} {p(-0.12, 1.4)} {p(-0.05, 1.44)} "
        f"L{p(0.05, 1.44)} C{p(0.12, 1.4)} {p(0.2, 1.38)} {p(0.17, 1.2)} L{p(0.155, 0.76)}Z"
    )
    arms = f"M{p(-0.15, 1.38)} C{p(-0.25, 1.36)} {p(-0.24, 1.1)} {p(-0.23, 0.78)} L{p(-0.16, 0.78)} L{p(-0.15, 1.2)}Z M{p(0.15, 1.38)} C{p(0.25, 1.36)} {p(0.24, 1.1)} {p(0.23, 0.78)} L{p(0.16, 0.78)} L{p(0.15, 1.2)}Z"
    c.path(arms, mix(coat, INK, 0.18))
    c.path(body, coat)
    if lit:
        c.path(f"M{p(-0.155, 0.76)} L{p(-0.17, 1.2)} C{p(-0.2, 1.38)} {p(-0.12, 1.4)} {p(-0.05, 1.44)} L{p(-0.06, 0.76)}Z", lit)
    c.path(f"M{p(-0.035, 1.42)} L{p(-0.035, 1.52)} L{p(0.035, 1.52)} L{p(0.035, 1.42)}Z", SKIN[1])
    c.ellipse(x, y - 1.59 * k, 0.082 * k, 0.108 * k, hair)


# --- Plants ------------------------------------------------------------------------------
def leaf(c: Canvas, x, y, length, width, angle, fill):
    """A pointed leaf from (x, y), `angle` in degrees, 0 to the right, counted clockwise."""
    a = math.radians(angle)
    tx, ty = x + length * math.cos(a), y + length * math.sin(a)
    nx, ny = -math.sin(a) * width, math.cos(a) * width
    mx, my = x + (tx - x) * 0.45, y + (ty - y) * 0.45
    c.path(f"M{num(x)} {num(y)} Q{num(mx + nx)} {num(my + ny)} {num(tx)} {num(ty)} Q{num(mx - nx)} {num(my - ny)} {num(x)} {num(y)}Z", fill)


def round_tree(c: Canvas, x, y, h, crown, trunk, r=None, lean=0.0):
    """A round-headed tree in two tones, lit from the left; (x, y) is the foot."""
    r = r or h * 0.34
    cx, cy = x + lean, y - h + r
    c.poly([(x - h * 0.018, y), (x + h * 0.018, y), (cx + h * 0.008, cy), (cx - h * 0.008, cy)], trunk)
    c.line([(x, y - h * 0.3), (cx + r * 0.4, cy - r * 0.05)], trunk, h * 0.014)
    c.circle(cx, cy, r, crown[1])
    c.path(f"M{num(cx)} {num(cy - r)} A{num(r)} {num(r)} 0 0 1 {num(cx)} {num(cy + r)} A{num(r * 1.25)} {num(r * 1.25)} 0 0 0 {num(cx)} {num(cy - r)}Z", crown[2])


def pine(c: Canvas, x, y, h, crown, trunk, layers=5):
    """A layered fir: each tier half lit, half shaded."""
    c.rect(x - h * 0.018, y - h * 0.2, h * 0.036, h * 0.2, trunk)
    for i in range(layers):
        t = i / layers
        top = y - h * (0.36 + 0.64 * (i + 1) / layers)
        bot = y - h * (0.12 + 0.62 * t)
        w = h * 0.23 * (1 - t * 0.72)
        c.poly([(x, top), (x + w, bot), (x, bot + w * 0.16), (x - w, bot)], crown[0])
        c.poly([(x, top), (x + w, bot), (x, bot + w * 0.16)], crown[1])
