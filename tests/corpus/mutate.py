"""Damaged variants of a file, the same ones at every run."""
import random

from column import Sample


def variants(sample, count, folder):
    """`count` variants of `sample`, written below `folder`."""
    if count == 0:
        return
    folder.mkdir(parents=True, exist_ok=True)
    original = sample.path.read_bytes()
    chance = random.Random(f"{sample.path.name}:{len(original)}")
    for number in range(count):
        kind = (cut_short, change_bytes, move_block)[number % 3]
        path = folder / f"{len(list(folder.iterdir())):06}-{kind.__name__}.{sample.format}"
        path.write_bytes(kind(bytearray(original), chance))
        yield Sample(path, sample.format, is_mutated=True)


def cut_short(data, chance):
    return bytes(data[:chance.randrange(1, max(2, len(data)))])


def change_bytes(data, chance):
    for _ in range(max(1, len(data) // 2000)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def move_block(data, chance):
    size = max(1, len(data) // 20)
    start, target = chance.randrange(len(data)), chance.randrange(len(data))
    block = data[start:start + size]
    del data[start:start + size]
    data[target:target] = block
    return bytes(data)
