"""Not built yet: the saving wing fills this file."""


def copied(*args, **kwargs):
    raise NotImplementedError('saving is not built yet')


def reduced(*args, **kwargs):
    raise NotImplementedError('saving is not built yet')
