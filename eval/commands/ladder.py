NAMES: tuple[str, ...] = ()


def add_to(commands):
    pass
