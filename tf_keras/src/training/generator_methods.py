"""fit_generator and its like: names of old programs for fit and its like.

`Model` takes these functions as its methods.
"""

import warnings


def fit_generator(
    self,
    generator,
    steps_per_epoch=None,
    epochs=1,
    verbose=1,
    callbacks=None,
    validation_data=None,
    validation_steps=None,
    validation_freq=1,
    class_weight=None,
    max_queue_size=10,
    workers=1,
    use_multiprocessing=False,
    shuffle=True,
    initial_epoch=0,
):
    """Calls `fit`, which takes generators; the name of old programs."""
    _warn_of_generator("fit")
    return self.fit(
        generator,
        steps_per_epoch=steps_per_epoch,
        epochs=epochs,
        verbose=verbose,
        callbacks=callbacks,
        validation_data=validation_data,
        validation_steps=validation_steps,
        validation_freq=validation_freq,
        class_weight=class_weight,
        max_queue_size=max_queue_size,
        workers=workers,
        use_multiprocessing=use_multiprocessing,
        shuffle=shuffle,
        initial_epoch=initial_epoch,
    )


def evaluate_generator(
    self,
    generator,
    steps=None,
    callbacks=None,
    max_queue_size=10,
    workers=1,
    use_multiprocessing=False,
    verbose=0,
):
    """Calls `evaluate`, which takes generators; for old programs."""
    _warn_of_generator("evaluate")
    return self.evaluate(
        generator,
        steps=steps,
        callbacks=callbacks,
        max_queue_size=max_queue_size,
        workers=workers,
        use_multiprocessing=use_multiprocessing,
        verbose=verbose,
    )


def predict_generator(
    self,
    generator,
    steps=None,
    callbacks=None,
    max_queue_size=10,
    workers=1,
    use_multiprocessing=False,
    verbose=0,
):
    """Calls `predict`, which takes generators; for old programs."""
    _warn_of_generator("predict")
    return self.predict(
        generator,
        steps=steps,
        callbacks=callbacks,
        max_queue_size=max_queue_size,
        workers=workers,
        use_multiprocessing=use_multiprocessing,
        verbose=verbose,
    )


def _warn_of_generator(method):
    warnings.warn(
        f"`Model.{method}_generator` is deprecated: use `Model.{method}`, "
        "which supports generators.",
        stacklevel=3,
    )
