"""Not built yet: the saving wing fills this file."""


def save_model(*args, **kwargs):
    raise NotImplementedError('saving is not built yet')


def load_model(*args, **kwargs):
    raise NotImplementedError('saving is not built yet')


def save_weights(*args, **kwargs):
    raise NotImplementedError('saving is not built yet')


def load_weights(*args, **kwargs):
    raise NotImplementedError('saving is not built yet')
